using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary><c>POST /api/imports/street-lights</c>: an inventory, CSV or GeoJSON, as the body.</summary>
public static class TakeStreetLights
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/imports/street-lights", HandleAsync).RequirePermission("imports.write")
        .WithSummary("Import an inventory of street lights, CSV or GeoJSON");

    private static async Task<Results<Ok<ImportReport>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ImportStreetLights import, AssetsOptions options, Database database, HttpContext context, CancellationToken cancel,
        string? name = null, bool dryRun = false, string? encoding = null, string? delimiter = null, string? id = null, string? owner = null, string? kind = null, string? fixture = null,
        string? lamps = null, string? neighbourhood = null, string? lat = null, string? lon = null)
    {
        if (ImportBody.Form(encoding, delimiter) is not { } form)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["encoding"] = [$"{string.Join(", ", FileForm.Encodings)}; a delimiter is one character, or tab"] });
        var columns = options.Columns.With(word => word switch
        {
            "id" => id, "owner" => owner, "kind" => kind, "fixture" => fixture, "lamps" => lamps, "neighbourhood" => neighbourhood, "lat" => lat, _ => lon,
        });
        await using var file = await ImportBody.KeepAsync(context, database.Folder, cancel).ConfigureAwait(false);
        try
        {
            return TypedResults.Ok(await import.RunAsync(file, ImportBody.NameOf(name), form, columns, new ImportTally(), dryRun, context.Actor(), cancel).ConfigureAwait(false));
        }
        catch (InvalidDataException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
