using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Desks;

/// <summary><c>GET /api/desks</c>: who has which desk. <c>GET /api/desks/{desk}/log</c>: what was handed over, newest first, by pages.</summary>
public static class ReadDesks
{
    private const int UsualLimit = 50;
    private const int MostLimit = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/desks", async (Database database, CancellationToken cancel) =>
            TypedResults.Ok(new DeskList(await database.ReadAsync(DeskStore.All, cancel).ConfigureAwait(false))))
            .RequirePermission("desks.read").WithSummary("List the office's desks and who has them");
        routes.MapGet("/api/desks/{desk}/log", async Task<Results<Ok<DeskLog>, ValidationProblem>> (
            string desk, Database database, CancellationToken cancel, int? limit = null, long? cursor = null) =>
        {
            if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
            var most = limit ?? UsualLimit;
            var items = await database.ReadAsync(c => DeskStore.Page(c, desk, cursor ?? long.MaxValue, most), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new DeskLog(items, items.Count == most ? items[^1].Id : null));
        }).RequirePermission("desks.read").WithSummary("Read a desk's hand-over log");
    }

    public sealed record DeskList(IReadOnlyList<Desk> Items);

    public sealed record DeskLog(IReadOnlyList<DeskEntry> Items, long? Next);
}
