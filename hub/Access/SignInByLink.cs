using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>POST /api/session/link: a one-time link's token opens a session and is used up.</summary>
internal static class SignInByLink
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/session/link", HandleAsync).WithSummary("Sign in by a one-time link");

    private static async Task<IResult> HandleAsync(
        Request request, HttpContext context, Database database, SignInLimiter limiter, AccessOptions options,
        SecondFactor factor, TimeProvider time, ILogger<SignInLimiter> log, CancellationToken cancel)
    {
        if (SignIn.Refusal(limiter, null, context, time, log) is { } refused) return refused;
        var address = context.Connection.RemoteIpAddress;
        limiter.Count(null, address);
        // A link that somebody else got hold of is not enough either, and asking does not use it up.
        var hash = Secrets.Hash(request.Token ?? "");
        if (await database.ReadAsync(c => PeopleStore.ByLink(c, hash, time.GetUtcNow()), cancel).ConfigureAwait(false) is { } owner)
        {
            // Codes are guessed by name too: a stolen link must not be tried from one address after another.
            if (SignIn.Refusal(limiter, owner.Name, context, time, log) is { } enough) return enough;
            limiter.Count(owner.Name, null);
            var asked = await SignIn.SecondAsync(owner, request.Code, context, database, factor, cancel).ConfigureAwait(false);
            if (asked is null || string.IsNullOrEmpty(request.Code)) limiter.Forgive(owner.Name, null);
            if (asked is not null)
            {
                if (string.IsNullOrEmpty(request.Code)) limiter.Forgive(null, address);
                return asked;
            }
        }

        var (person, token) = await database.WriteAsync<(Person?, string)>(scope =>
        {
            if (PeopleStore.TakeLink(scope, hash) is not { } found)
            {
                Audit.Write(scope, Actor.Nobody, "session.refuse", "unknown", $"by link, from {address}");
                return (null, "");
            }

            Audit.Write(scope, found.AsActor(), "session.open", found.Id, $"by link, from {address}");
            return (found, SessionStore.Open(scope, found, byLink: true, options));
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (person is null)
        {
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "This link does not work any more.",
                detail: "A sign-in link works once and for a limited time. Ask for a new one.");
        }

        limiter.Forgive(null, address);
        SessionCookie.Write(context, token, TimeSpan.FromHours(options.SessionHours));
        return Results.Ok(await SignIn.OpenedAsync(person, person.Password is not null, database, factor, cancel).ConfigureAwait(false));
    }

    internal sealed record Request(string? Token = null, string? Code = null);
}
