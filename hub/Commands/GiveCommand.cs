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

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/vehicles/{id}/commands", HandleAsync).RequirePermission("commands.write")
        .WithSummary("Give a vehicle a command");

    private static async Task<Results<Created<VehicleCommand>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Request request, Database database, VehicleRegistry registry, CommandsOptions options, HttpContext context, CancellationToken cancel)
    {
        if (registry.Find(id) is null) return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
        var errors = Check(request);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var command = await database.WriteAsync(scope =>
        {
            var given = new VehicleCommand
            {
                Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Vehicle = id, Kind = request.Kind!, Arguments = request.Arguments ?? [],
                CreatedAt = scope.Now, CreatedBy = actor.Name, Expires = scope.Now.AddSeconds(request.ExpiresIn ?? options.ExpirySeconds), State = VehicleCommand.Queued,
            };
            CommandStore.Add(scope, given);
            Audit.Write(scope, actor, "vehicle.command", id, $"{given.Kind} {given.Id}");
            scope.Raise(new CommandGiven(id, given.Id));
            return given;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Created($"/api/vehicles/{id}/commands", command);
    }

    private static Dictionary<string, string[]> Check(Request request)
    {
        var errors = new Dictionary<string, string[]>();
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
