using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkZones;

/// <summary><c>POST /api/imports/work-zones</c>: a feed of announced works, WZDx or other GeoJSON, as the body.</summary>
public static class TakeWorkZones
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/imports/work-zones", HandleAsync).RequirePermission("imports.write")
        .WithSummary("Import announced works on the roads, WZDx or other GeoJSON");

    private static async Task<Results<Ok<ImportReport>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ImportWorkZones import, Database database, HttpContext context, CancellationToken cancel,
        string? name = null, bool dryRun = false, bool replace = false, string? encoding = null, string? id = null, string? from = null, string? until = null, string? label = null, string? layer = null)
    {
        if (ImportBody.Form(encoding, delimiter: null) is not { } form)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["encoding"] = [string.Join(", ", FileForm.Encodings)] });
        await using var file = await ImportBody.KeepAsync(context, database.Folder, cancel).ConfigureAwait(false);
        try
        {
            var columns = WorkZoneColumns.Of(word => word switch { "id" => id, "from" => from, "until" => until, "label" => label, _ => layer });
            return TypedResults.Ok(await import.RunAsync(file, ImportBody.NameOf(name), form, columns, new ImportTally(), replace, dryRun, context.Actor(), cancel).ConfigureAwait(false));
        }
        catch (InvalidDataException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
