using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>POST /api/me/second-factor begins one, POST /api/me/second-factor/code proves that the app has it; DELETE /api/people/{id}/second-factor for those who lost theirs.</summary>
internal static class OwnSecondFactor
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/me/second-factor", BeginAsync).RequireAuthorization().WithSummary("Begin a second factor");
        routes.MapPost("/api/me/second-factor/code", ConfirmAsync).RequireAuthorization().WithSummary("Prove a second factor by its first code");
        routes.MapDelete("/api/people/{id}/second-factor", ResetAsync).RequirePermission(Permissions.PeopleWrite).WithSummary("Take a lost second factor away");
    }

    /// <summary>401 that asks for the second step.</summary>
    internal static IResult Ask(bool wrong) => Results.Problem(
        statusCode: StatusCodes.Status401Unauthorized, title: wrong ? "This code is not right, or was used." : "Enter the code of your authenticator app.",
        detail: wrong ? "Wait for the next code, or use a recovery code." : "Six digits, or one of your recovery codes.",
        extensions: new Dictionary<string, object?> { ["secondFactor"] = true });

    private static async Task<IResult> BeginAsync(HttpContext context, Database database, HubOptions hub, CancellationToken cancel)
    {
        if (context.ActorIdentity() is not { Credential.Kind: ActorKind.Person } identity) return NoPerson();
        var secret = await database.WriteAsync(scope => SecondFactor.Begin(scope, identity.Actor.Id), WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (secret is null)
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "A second factor is set up.", detail: "Who lost it asks city IT to take it away first.");
        var uri = Totp.Uri("311 " + hub.City, identity.Actor.Name, secret);
        return Results.Ok(new { Secret = secret, Uri = uri, Qr = QrCode.Of(uri).Rows() });
    }

    private static async Task<IResult> ConfirmAsync(
        Request request, HttpContext context, Database database, SecondFactor factor, SignInLimiter limiter, TimeProvider time, ILogger<SignInLimiter> log, CancellationToken cancel)
    {
        if (context.ActorIdentity() is not { Credential.Kind: ActorKind.Person } identity) return NoPerson();
        var (name, address) = (identity.Actor.Name, context.Connection.RemoteIpAddress);
        if (SignIn.Refusal(limiter, name, context, time, log) is { } refused) return refused;
        limiter.Count(name, address);
        var recovery = await database.WriteAsync(scope => factor.Confirm(scope, identity.Actor, request.Code), WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (recovery is null) return Results.ValidationProblem(new Dictionary<string, string[]> { ["code"] = ["This code is not right: type the newest one that the app shows."] });
        limiter.Forgive(name, address);
        return Results.Ok(new { RecoveryCodes = recovery });
    }

    private static async Task<IResult> ResetAsync(string id, HttpContext context, Database database, CancellationToken cancel) =>
        await database.WriteAsync(scope =>
        {
            if (PeopleStore.ById(scope.Connection, id) is not { DisabledMs: null } person)
                return Results.Problem($"no person has the id '{id}': GET /api/people lists those there are", statusCode: StatusCodes.Status404NotFound);
            SecondFactor.Reset(scope, context.Actor(), person);
            return Results.NoContent();
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);

    private static IResult NoPerson() => Results.Problem(
        statusCode: StatusCodes.Status403Forbidden, title: "A key has no second factor.", detail: "Only a person has one: sign in with a name and use the page.");

    internal sealed record Request(string? Code = null);
}
