using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary><c>POST /api/vehicles/{id}/commands</c>: tells a vehicle to do something, once, before it expires.</summary>
public static class GiveCommand
{
    private const int MostArguments = 16;
    private const int MaxText = 256;
    private const int LeastSeconds = 10;
    private const int MostSeconds = 604_800;
    private const int WipeYears = 10;
    private const string Confirmation = "vehicle";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/vehicles/{id}/commands", HandleAsync).RequirePermission("commands.write")
        .WithSummary("Give a vehicle a command");

    private static async Task<Results<Created<VehicleCommand>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Request request, Database database, VehicleRegistry registry, CommandsOptions options, HttpContext context, CancellationToken cancel)
    {
        if (registry.Find(id) is null) return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
        var errors = Check(id, request);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        if (CommandKinds.Permission(request.Kind) is { } needed && context.ActorIdentity()?.Permissions.Contains(needed) != true)
            return TypedResults.Problem($"this needs the permission {needed}", statusCode: StatusCodes.Status403Forbidden);
        var actor = context.Actor();
        var command = await database.WriteAsync(scope => Do(scope, actor, id, request, options), WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Created($"/api/vehicles/{id}/commands", command);
    }

    /// <summary>Gives it, with an entry in the audit log.</summary>
    public static VehicleCommand Do(WriteScope scope, Actor actor, string vehicle, Request request, CommandsOptions options)
    {
        // A lost vehicle may come back after a year: its wipe waits for it.
        var expires = request.ExpiresIn is null && request.Kind == CommandKinds.Wipe ? scope.Now.AddYears(WipeYears) : scope.Now.AddSeconds(request.ExpiresIn ?? options.ExpirySeconds);
        var given = new VehicleCommand
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Vehicle = vehicle, Kind = request.Kind!,
            Arguments = (request.Arguments ?? []).Where(a => a.Key != Confirmation).ToDictionary(),
            CreatedAt = scope.Now, CreatedBy = actor.Name, Expires = expires, State = VehicleCommand.Queued,
        };
        CommandStore.Add(scope, given);
        Audit.Write(scope, actor, "vehicle.command", vehicle, $"{given.Kind} {given.Id}");
        scope.Raise(new CommandGiven(vehicle, given.Id));
        return given;
    }

    /// <returns>What is wrong, by field.</returns>
    public static Dictionary<string, string[]> Check(string vehicle, Request request)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.Kind == CommandKinds.Wipe && request.Arguments?.GetValueOrDefault(Confirmation) != vehicle)
            errors["arguments.vehicle"] = ["a wipe cannot be taken back: say the vehicle's id once more"];
        if (!Identifier.IsValid(request.Kind)) errors["kind"] = [$"a kind is {Identifier.Rule}"];
        if (request.ExpiresIn is < LeastSeconds or > MostSeconds) errors["expiresIn"] = [$"{LeastSeconds} to {MostSeconds} seconds"];
        if (request.Arguments is { } arguments && (arguments.Count > MostArguments || arguments.Any(a => a.Key.Length > MaxText || a.Value is null or { Length: > MaxText })))
            errors["arguments"] = [$"at most {MostArguments} texts of at most {MaxText} characters"];
        return errors;
    }

    /// <param name="Kind">What to do.</param>
    /// <param name="Arguments">How.</param>
    /// <param name="ExpiresIn">Seconds from now after which the vehicle doesn't begin it.</param>
    public sealed record Request(string? Kind = null, Dictionary<string, string>? Arguments = null, int? ExpiresIn = null);
}
