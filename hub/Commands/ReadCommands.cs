using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary><c>GET /api/vehicles/{id}/commands</c>: the newest commands of a vehicle and what became of them.</summary>
public static class ReadCommands
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vehicles/{id}/commands", async Task<IResult> (string id, Database database, VehicleRegistry registry, CommandFiles files, CancellationToken cancel) =>
        {
            if (registry.Find(id) is null) return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
            return TypedResults.Ok(new { items = await database.ReadAsync(c => CommandStore.Of(c, id, Most).ConvertAll(v => files.WithFile(c, v)), cancel).ConfigureAwait(false) });
        }).RequirePermission("vehicles.read").WithSummary("List commands of a vehicle and their results");
}
