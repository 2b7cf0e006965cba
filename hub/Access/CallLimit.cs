namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Calls per minute of each person, key and, where nobody has signed in, address: a program that runs wild is told to wait before it
/// takes the hub from everybody. Signing in, refused keys and Open311 have narrower limits of their own.
/// </summary>
internal sealed class CallLimit(RequestDelegate next, CallLimiter limiter, AccessOptions options)
{
    // Apart from Open311's, which counts by address in the same table.
    private const string Prefix = "c:";

    public Task InvokeAsync(HttpContext context)
    {
        var actor = context.Actor();
        var wait = actor.Kind == ActorKind.Nobody
            ? limiter.Take(Prefix + CallLimiter.Caller(context.Connection.RemoteIpAddress), options.AnonymousCallsPerMinute)
            : limiter.Take($"{Prefix}{actor.Kind}:{actor.Id}", options.CallsPerMinute);
        if (wait is not { } seconds) return next(context);
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(seconds.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: "Too many calls.",
            detail: "This program or page asks too often: wait as Retry-After says, and ask for less at once.").ExecuteAsync(context);
    }
}
