using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary><c>DELETE /api/vehicles/{id}/commands/{command}</c>: takes back a command that its vehicle has not answered.</summary>
public static class CancelCommand
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/vehicles/{id}/commands/{command}", HandleAsync).RequirePermission("commands.write")
        .WithSummary("Take back a command that the vehicle has not answered");

    /// <summary>Cancels it, with an entry in the audit log.</summary>
    /// <returns>The command as it is now; null when it was settled before.</returns>
    public static VehicleCommand? Do(WriteScope scope, Actor actor, VehicleCommand command)
    {
        // What the broker took may be on the vehicle already.
        var detail = command.State == VehicleCommand.Sent ? $"cancelled by {actor.Name}; it was sent before, so the vehicle may still do it" : $"cancelled by {actor.Name}";
        if (!CommandStore.Cancel(scope, command.Id, command.Vehicle, detail)) return null;
        Audit.Write(scope, actor, "vehicle.command.cancel", command.Vehicle, $"{command.Kind} {command.Id}");
        return command with { State = VehicleCommand.Cancelled, Detail = detail, SettledAt = scope.Now };
    }

    private static async Task<Results<Ok<VehicleCommand>, ProblemHttpResult>> HandleAsync(string id, string command, HttpContext context, Database database, CancellationToken cancel)
    {
        if (await database.ReadAsync(c => CommandStore.Find(c, id, command), cancel).ConfigureAwait(false) is not { } found)
            return TypedResults.Problem($"'{id}' was given no command '{command}': GET /api/vehicles/{{id}}/commands lists those there are", statusCode: StatusCodes.Status404NotFound);
        if (CommandKinds.Permission(found.Kind) is { } needed && context.ActorIdentity()?.Permissions.Contains(needed) != true)
            return TypedResults.Problem($"this needs the permission {needed}", statusCode: StatusCodes.Status403Forbidden);
        var actor = context.Actor();
        return await database.WriteAsync(scope => Do(scope, actor, found), WritePriority.Interactive, cancel).ConfigureAwait(false) is { } cancelled
            ? TypedResults.Ok(cancelled)
            : TypedResults.Problem("it is settled already: GET /api/vehicles/{id}/commands says how", statusCode: StatusCodes.Status409Conflict);
    }
}
