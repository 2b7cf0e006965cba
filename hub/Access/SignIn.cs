using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Identity;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>POST /api/session: name and password open a session.</summary>
internal static class SignIn
{
    private const int LongestName = 80;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/session", HandleAsync).WithSummary("Sign in by name and password");

    /// <summary>429 while too many attempts failed from this address or for this name.</summary>
    internal static IResult? Refusal(SignInLimiter limiter, string? name, HttpContext context, TimeProvider time, ILogger log)
    {
        var address = context.Connection.RemoteIpAddress;
        if (limiter.RefusedUntil(name, address) is not { } until) return null;
        log.SignInRefused((address ?? IPAddress.None).ToString(), until);
        return TooMany(context, until, time);
    }

    internal static IResult TooMany(HttpContext context, DateTimeOffset until, TimeProvider time)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling((until - time.GetUtcNow()).TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: "Too many attempts.",
            detail: $"Try again in {seconds} seconds.");
    }

    private static async Task<IResult> HandleAsync(
        Request request, HttpContext context, Database database, Passwords passwords, SignInLimiter limiter, AccessOptions options,
        SecondFactor factor, TimeProvider time, ILogger<SignInLimiter> log, CancellationToken cancel)
    {
        var name = (request.Name ?? "").Trim();
        if (name.Length is 0 or > LongestName) return Invalid("name", "Enter your name.");
        if (string.IsNullOrEmpty(request.Password)) return Invalid("password", "Enter your password.");
        if (Refusal(limiter, name, context, time, log) is { } refused) return refused;

        var address = context.Connection.RemoteIpAddress;
        limiter.Count(name, address);
        var person = await database.ReadAsync(c => PeopleStore.ByName(c, name), cancel).ConfigureAwait(false);
        var check = await passwords.CheckAsync(person, request.Password, cancel).ConfigureAwait(false);
        if (check == PasswordVerificationResult.Failed)
        {
            // What was typed as a name may be a password: only names that exist are written down.
            await database.WriteAsync(
                scope => Audit.Write(scope, Actor.Nobody, "session.refuse", person?.Id ?? "unknown", $"from {address}"),
                WritePriority.Interactive, cancel).ConfigureAwait(false);
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "Name or password is wrong.",
                detail: "Check both, or ask for a new sign-in link.");
        }

        if (await SecondAsync(person!, request.Code, context, database, factor, cancel).ConfigureAwait(false) is { } asked)
        {
            // Nobody has guessed yet who only hears that a code is wanted.
            if (string.IsNullOrEmpty(request.Code)) limiter.Forgive(name, address);
            return asked;
        }

        limiter.Forgive(name, address);
        var upgraded = check == PasswordVerificationResult.SuccessRehashNeeded
            ? await passwords.HashAsync(request.Password, cancel).ConfigureAwait(false)
            : null;
        var token = await database.WriteAsync(scope =>
        {
            if (upgraded is not null) PeopleStore.SetPassword(scope, person!.Id, upgraded);
            Audit.Write(scope, person!.AsActor(), "session.open", person.Id, $"by password, from {address}");
            return SessionStore.Open(scope, person, byLink: false, options);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        SessionCookie.Write(context, token, TimeSpan.FromHours(options.SessionHours));
        return Results.Ok(await OpenedAsync(person!, true, database, factor, cancel).ConfigureAwait(false));
    }

    /// <returns>What to answer instead of a session; null when there is no second factor, or its code is right.</returns>
    internal static async Task<IResult?> SecondAsync(Person person, string? code, HttpContext context, Database database, SecondFactor factor, CancellationToken cancel)
    {
        if (!await database.ReadAsync(c => SecondFactor.IsSet(c, person.Id), cancel).ConfigureAwait(false)) return null;
        if (string.IsNullOrEmpty(code)) return OwnSecondFactor.Ask(wrong: false);
        var taken = await database.WriteAsync(scope =>
        {
            if (factor.Take(scope, person, code)) return true;
            Audit.Write(scope, Actor.Nobody, "session.refuse", person.Id, $"second factor, from {context.Connection.RemoteIpAddress}");
            return false;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return taken ? null : OwnSecondFactor.Ask(wrong: true);
    }

    internal static async Task<object> OpenedAsync(Person person, bool hasPassword, Database database, SecondFactor factor, CancellationToken cancel) => new
    {
        person.Name,
        person.Role,
        HasPassword = hasPassword,
        NeedsSecondFactor = await database.ReadAsync(c => factor.IsMissing(c, person.AsActor()), cancel).ConfigureAwait(false),
    };

    private static IResult Invalid(string field, string message) =>
        Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    internal sealed record Request(string? Name = null, string? Password = null, string? Code = null);
}
