using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Backlog;

/// <summary><c>POST /api/imports/requests</c>: a table of requests as the body, its words as <c>Backlog:MapFile</c> says.</summary>
public static class TakeRequests
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/imports/requests", HandleAsync).RequirePermission("imports.write")
        .WithSummary("Import the requests that a city has already, CSV");

    private static async Task<Results<Ok<ImportReport>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ImportRequests import, Database database, HttpContext context, CancellationToken cancel,
        string? name = null, bool dryRun = false, bool closed = false, bool publicText = false, string? encoding = null, string? delimiter = null)
    {
        if (ImportBody.Form(encoding, delimiter) is not { } form)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["encoding"] = [$"{string.Join(", ", FileForm.Encodings)}; a delimiter is one character, or tab"] });
        await using var file = await ImportBody.KeepAsync(context, database.Folder, cancel).ConfigureAwait(false);
        try
        {
            var how = new ImportRequests.Wanted(ImportBody.NameOf(name), form, DryRun: dryRun, Closed: closed, PublicText: publicText);
            return TypedResults.Ok(await import.RunAsync(file, how, new ImportTally(), context.Actor(), cancel).ConfigureAwait(false));
        }
        catch (InvalidDataException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
