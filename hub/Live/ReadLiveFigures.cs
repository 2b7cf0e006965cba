using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary><c>GET /api/live/figures</c>: how the feed has done since the hub started.</summary>
public static class ReadLiveFigures
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/live/figures", (LiveFeed feed) => TypedResults.Ok(new { feed.Boot, feed.Clients, feed.Ticks, feed.Overruns }))
            .RequirePermission("ingest.read").WithSummary("Read figures of the live feed");
}
