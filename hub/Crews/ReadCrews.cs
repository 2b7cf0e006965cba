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
                .Zip(CrewStore.All(c), (s, crew) => new { s.Id, s.Name, s.Shift, s.Vehicle, crew.Members, crew.Skills, crew.Contractor, crew.Equipment, crew.Districts }).ToList(), cancel).ConfigureAwait(false),
        })).RequirePermission("crews.read").WithSummary("List crews");
        routes.MapGet("/api/crews/{id}/shifts", async Task<IResult> (string id, Database database, CancellationToken cancel) =>
        {
            var items = await database.ReadAsync(
                c => CrewStore.Summaries(c).Any(s => s.Id == id) ? CrewStore.Shifts(c, id, MostShifts) : null, cancel).ConfigureAwait(false);
            return items is null
                ? TypedResults.Problem($"no crew has the id '{id}': GET /api/crews lists those there are", statusCode: StatusCodes.Status404NotFound)
                : TypedResults.Ok(new { items });
        }).RequirePermission("crews.read").WithSummary("List a crew's shifts");
    }
}
