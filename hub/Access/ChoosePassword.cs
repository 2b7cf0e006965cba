using Microsoft.AspNetCore.Identity;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// POST /api/me/password: the old password is needed, except for some minutes after a one-time link. Other sessions of
/// the person end.
/// </summary>
internal static class ChoosePassword
{
    private static readonly TimeSpan AfterLink = TimeSpan.FromMinutes(15);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/me/password", HandleAsync).RequireAuthorization()
        .WithSummary("Choose a password");

    private static async Task<IResult> HandleAsync(
        Request request, HttpContext context, Database database, Passwords passwords, SignInLimiter limiter, TimeProvider time,
        ILogger<SignInLimiter> log, CancellationToken cancel)
    {
        var identity = context.ActorIdentity()!;
        if (identity.Credential.Kind != ActorKind.Person)
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "A key has no password.",
                detail: "Only a person chooses one: sign in with a name and use the page.");
        if (Passwords.Fault(request.Password, identity.Actor.Name) is { } fault) return Invalid("password", fault);
        var session = identity.Credential.Handle;
        var (person, byLink) = await database.ReadAsync(
            c => (PeopleStore.ById(c, identity.Actor.Id)!, SessionStore.IsFreshLink(c, session, time.GetUtcNow() - AfterLink)),
            cancel).ConfigureAwait(false);
        if (!byLink)
        {
            var address = context.Connection.RemoteIpAddress;
            if (SignIn.Refusal(limiter, person.Name, context, time, log) is { } refused) return refused;
            limiter.Count(person.Name, address);
            if (await passwords.CheckAsync(person, request.Current ?? "", cancel).ConfigureAwait(false) == PasswordVerificationResult.Failed)
                return Invalid("current", "This is not your password.");
            limiter.Forgive(person.Name, address);
        }

        var hash = await passwords.HashAsync(request.Password!, cancel).ConfigureAwait(false);
        await database.WriteAsync(scope =>
        {
            PeopleStore.SetPassword(scope, person.Id, hash);
            SessionStore.EndAll(scope, person.Id, keep: session);
            Audit.Write(scope, identity.Actor, "password.choose", person.Id);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return Results.NoContent();
    }

    private static IResult Invalid(string field, string message) =>
        Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    internal sealed record Request(string? Current = null, string? Password = null);
}
