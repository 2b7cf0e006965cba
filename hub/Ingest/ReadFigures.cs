using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary><c>GET /api/figures</c>: what ingest has counted over the life of this data folder.</summary>
public static class ReadFigures
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/figures", HandleAsync).RequirePermission("ingest.read")
        .WithSummary("Read figures of what vehicles sent");

    private static async Task<IResult> HandleAsync(Database database, IngestStore store, Downlink downlink, LivePositions positions, CancellationToken cancel)
    {
        var counts = await database.ReadAsync(store.Counts, cancel).ConfigureAwait(false);
        var (aside, dropped) = AsideStore.Counters(counts);
        return TypedResults.Json(new
        {
            readings = counts.GetValueOrDefault(IngestCounts.Readings),
            observations = counts.GetValueOrDefault(IngestCounts.Observations),
            records = counts.GetValueOrDefault(IngestCounts.Records),
            duplicates = counts.GetValueOrDefault(IngestCounts.Duplicates),
            aside,
            asideDropped = dropped,
            livePositionsLate = positions.Late,
            downlink = new { downlink.Sent, downlink.Failed },
        }, HubJson.Options);
    }
}
