using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary><c>POST /api/imports/road-structures</c>: a layer of structures in the roads, CSV or GeoJSON, as the body.</summary>
public static class TakeRoadStructures
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/imports/road-structures", HandleAsync).RequirePermission("imports.write")
        .WithSummary("Import utility structures, humps, joints and rails, CSV or GeoJSON");

    private static async Task<Results<Ok<ImportReport>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ImportRoadStructures import, Database database, HttpContext context, CancellationToken cancel,
        string? name = null, bool dryRun = false, bool replace = false, string? encoding = null, string? delimiter = null, string? id = null, string? kind = null,
        string? accuracy = null, string? lat = null, string? lon = null, string? layer = null, [FromQuery(Name = "is")] string? all = null,
        [FromQuery(Name = "accuracy-m")] string? accuracyM = null)
    {
        if (ImportBody.Form(encoding, delimiter) is not { } form)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["encoding"] = [$"{string.Join(", ", FileForm.Encodings)}; a delimiter is one character, or tab"] });
        await using var file = await ImportBody.KeepAsync(context, database.Folder, cancel).ConfigureAwait(false);
        try
        {
            var columns = RoadStructureColumns.Of(word => word switch
            {
                "id" => id, "kind" => kind, "accuracy" => accuracy, "lat" => lat, "lon" => lon, "layer" => layer, "is" => all, _ => accuracyM,
            });
            return TypedResults.Ok(await import.RunAsync(file, ImportBody.NameOf(name), form, columns, new ImportTally(), replace, dryRun, context.Actor(), cancel).ConfigureAwait(false));
        }
        catch (InvalidDataException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
