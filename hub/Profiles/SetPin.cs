using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// <c>PUT</c> and <c>DELETE /api/members/{member}/pin</c>: by what a member is known on a vehicle. What was given is hashed at once
/// and never said again.
/// </summary>
public static class SetPin
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/members/{member}/pin", PutAsync).RequirePermission("crews.write").WithSummary("Give a crew member a PIN or a badge");
        routes.MapDelete("/api/members/{member}/pin", DeleteAsync).RequirePermission("crews.write").WithSummary("Take a crew member's PIN away");
    }

    private static async Task<Results<NoContent, ProblemHttpResult, ValidationProblem>> PutAsync(
        string member, Request request, Database database, ProfilesOptions options, HttpContext context, CancellationToken cancel)
    {
        if (!await database.ReadAsync(c => CrewStore.All(c).Any(crew => crew.Members.Contains(member)), cancel).ConfigureAwait(false)) return Unknown(member);
        if (request.Pin is null || !PinHash.IsPin(request.Pin)) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["pin"] = [$"a PIN or a badge's number is {PinHash.Rule}"] });
        var actor = context.Actor();
        var hash = PinHash.Of(request.Pin, options.PinRounds);
        var known = await database.WriteAsync(scope =>
        {
            if (!CrewStore.All(scope.Connection, scope.Transaction).Any(c => c.Members.Contains(member))) return false;
            ProfileStore.SetPin(scope, member, hash);
            Audit.Write(scope, actor, "pin.set", member);
            scope.Raise(new ProfileChanged());
            return true;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return known ? TypedResults.NoContent() : Unknown(member);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string member, Database database, HttpContext context, CancellationToken cancel)
    {
        var actor = context.Actor();
        var had = await database.WriteAsync(scope =>
        {
            if (!ProfileStore.DropPin(scope, member)) return false;
            Audit.Write(scope, actor, "pin.delete", member);
            scope.Raise(new ProfileChanged());
            return true;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return had ? TypedResults.NoContent() : Unknown(member);
    }

    private static ProblemHttpResult Unknown(string member) =>
        TypedResults.Problem($"no crew has a member '{member}', or none with a PIN: GET /api/crews lists them", statusCode: StatusCodes.Status404NotFound);

    /// <param name="Pin">4 to 32 digits.</param>
    public sealed record Request(string? Pin = null)
    {
        /// <summary>Says nothing: it may come into a log.</summary>
        public override string ToString() => nameof(Request);
    }
}
