using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary><c>GET /api/imports</c>: what became of the rows of the files that were read last; <c>/{id}</c> with the rejected ones.</summary>
public static class ReadImports
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/imports", ListAsync).RequirePermission("imports.read").WithSummary("List what became of the last files of rows");
        routes.MapGet("/api/imports/{id}", OneAsync).RequirePermission("imports.read").WithSummary("Read one file's report with its rejected rows");
    }

    private static async Task<Ok<View>> ListAsync(Database database, CancellationToken cancel)
    {
        var all = await database.ReadAsync(ImportStore.All, cancel).ConfigureAwait(false);
        return TypedResults.Ok(new View([.. all.Select(r => new Item(r.Id, r.Report with { Faults = [] }))]));
    }

    private static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> OneAsync(string id, Database database, CancellationToken cancel) =>
        await database.ReadAsync(c => ImportStore.Find(c, id), cancel).ConfigureAwait(false) is { } report
            ? TypedResults.Ok(report)
            : TypedResults.Problem($"no import has the id '{id}': GET /api/imports lists the last ones", statusCode: StatusCodes.Status404NotFound);

    public sealed record View(IReadOnlyList<Item> Items);

    /// <param name="Id">For <c>/api/imports/{id}</c>.</param>
    /// <param name="Report">Without its rejected rows.</param>
    public sealed record Item(string Id, ImportReport Report);
}
