using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary><c>GET /api/crews</c> and <c>GET /api/crews/{id}/shifts</c>.</summary>
public static class ReadCrews
{
    private const int MostShifts = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/crews", async (Database database, CancellationToken cancel) => TypedResults.Ok(new
        {
            items = await database.ReadAsync(c => CrewStore.Summaries(c)
                .Zip(CrewStore.All(c), (s, crew) => new { s.Id, s.Name, s.Shift, s.Vehicle, crew.Members, crew.Skills }).ToList(), cancel).ConfigureAwait(false),
        })).RequirePermission("crews.read");
        routes.MapGet("/api/crews/{id}/shifts", async (string id, Database database, CancellationToken cancel) => TypedResults.Ok(new
        {
            items = await database.ReadAsync(c => CrewStore.Shifts(c, id, MostShifts), cancel).ConfigureAwait(false),
        })).RequirePermission("crews.read");
    }
}
