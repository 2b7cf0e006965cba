using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Signs a request in by its API key, else by its session cookie. An Authorization header that is wrong is not rescued by
/// a cookie beside it.
/// </summary>
internal sealed class CredentialHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> scheme, ILoggerFactory logs, UrlEncoder encoder, Credentials credentials, KeyRefusals refusals)
    : AuthenticationHandler<AuthenticationSchemeOptions>(scheme, logs, encoder)
{
    public new const string Scheme = "field";
    private const string Bearer = "Bearer ";

    // Of a program whose keys were refused too often; a key that is good has nothing to wait for.
    private DateTimeOffset? waitUntil;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        ActorIdentity? identity;
        var header = Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
            var key = header[Bearer.Length..].Trim();
            identity = await credentials.FromKeyAsync(key, Context.RequestAborted).ConfigureAwait(false);
            if (identity is null) waitUntil = await refusals.NoteAsync(key, Context.Connection.RemoteIpAddress, Context.RequestAborted).ConfigureAwait(false);
        }
        else if (SessionCookie.Read(Request) is { } token)
        {
            identity = await credentials.FromSessionAsync(token, Context.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            return AuthenticateResult.NoResult();
        }

        return identity is null
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (waitUntil is { } until) return SignIn.TooMany(Context, until, TimeProvider).ExecuteAsync(Context);
        if (IsPageNavigation(Request))
        {
            Response.Redirect("/sign-in?to=" + UrlEncoder.Encode(Request.Path + Request.QueryString));
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "Sign in first.",
            detail: "This needs a signed-in person or an API key.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Context.ActorIdentity() is { NeedsSecondFactor: true })
        {
            if (!IsPageNavigation(Request))
                return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Set up a second factor first.", detail: $"The role {Context.Actor().Role} needs an authenticator app: open /sign-in.").ExecuteAsync(Context);
            Response.Redirect("/sign-in");
            return Task.CompletedTask;
        }

        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<RequirePermissionAttribute>()?.Permission;
        return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Not allowed.",
            detail: needed is null ? "Nobody may use this." : $"This needs the permission {needed}, which the role {Context.Actor().Role} does not have.")
            .ExecuteAsync(Context);
    }

    private static bool IsPageNavigation(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || request.Path.StartsWithSegments("/api")) return false;
        var mode = request.Headers["Sec-Fetch-Mode"].ToString();
        return mode.Length > 0 ? mode == "navigate" : request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
