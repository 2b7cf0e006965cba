using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>
/// <c>GET /api/vehicles/{id}/commands/{command}/file</c>: the packed log or raw readings. Only for whoever may ask for one of that
/// kind, and written down: a capture says where a crew was.
/// </summary>
public static class ReadCommandFile
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/vehicles/{id}/commands/{command}/file", HandleAsync).RequirePermission("vehicles.logs")
        .WithSummary("Read the log or the raw readings that a command brought");

    private static async Task<IResult> HandleAsync(
        string id, string command, HttpContext context, Database database, CommandFiles states, AttachmentFiles files, CancellationToken cancel)
    {
        var found = await database.ReadAsync(c => CommandStore.Find(c, id, command) is { } given ? states.WithFile(c, given) : null, cancel).ConfigureAwait(false);
        if (found?.File is not { } file)
            return TypedResults.Problem($"no command '{command}' of '{id}' brought a file: GET /api/vehicles/{{id}}/commands says which did", statusCode: StatusCodes.Status404NotFound);
        if (CommandKinds.Permission(found.Kind) is { } needed && context.ActorIdentity()?.Permissions.Contains(needed) != true)
            return TypedResults.Problem($"this needs the permission {needed}", statusCode: StatusCodes.Status403Forbidden);
        if (file.State != "received")
        {
            return TypedResults.Problem(
                file.State == "gone" ? "it was kept long enough and is removed" : file.State == "refused" ? "it was refused" : $"it is on its way: {file.Received} of {file.Bytes} bytes are here",
                statusCode: StatusCodes.Status404NotFound);
        }

        var actor = context.Actor();
        await database.WriteAsync(scope => Audit.Write(scope, actor, "vehicle.file", id, $"{found.Kind} {command}, {file.Bytes} bytes"), WritePriority.Interactive, cancel).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "private, no-store";
        return files.Answer(file.Sha256, AttachmentType.Bundle, $"{id}-{found.Kind}-{found.CreatedAt:yyyyMMdd'T'HHmmss'Z'}{(found.Kind == CommandKinds.Logs ? ".log.gz" : ".csv.gz")}");
    }
}
