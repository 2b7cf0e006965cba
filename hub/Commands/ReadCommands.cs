using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary><c>GET /api/vehicles/{id}/commands</c>: the newest commands of a vehicle and what became of them.</summary>
public static class ReadCommands
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vehicles/{id}/commands", async (string id, Database database, CancellationToken cancel) => TypedResults.Ok(new
        {
            items = await database.ReadAsync(c => CommandStore.Of(c, id, Most), cancel).ConfigureAwait(false),
        })).RequirePermission("vehicles.read");
}
