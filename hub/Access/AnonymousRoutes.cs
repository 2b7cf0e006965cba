using Microsoft.AspNetCore.Authorization;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// The only routes that nobody has to sign in for. Page files, glyphs and the public-domain base map hold no data of the
/// city's crews or residents; the rest is what signing in itself needs.
/// </summary>
public static class AnonymousRoutes
{
    /// <summary>Method and route pattern, exactly as mapped; GET includes HEAD.</summary>
    public static readonly IReadOnlySet<(string Method, string Pattern)> Table = new HashSet<(string, string)>
    {
        ("GET", "/healthz"),
        ("GET", "/sign-in"),
        ("GET", "/sign-in/{file}"),
        ("POST", "/api/session"),
        ("POST", "/api/session/link"),
        ("GET", "/"),
        ("GET", "/index.html"),
        ("GET", "/favicon.ico"),
        ("GET", "/favicon.svg"),
        ("GET", "/assets/{**path}"),
        ("GET", "/fonts/{**path}"),
        ("GET", "/glyphs/{**path}"),
        ("GET", "/tiles/{**path}"),
        // A link into the page (/requests/SR-26-000123): the same page file as /.
        ("GET", "/{*path:nonfile}"),
    };

    public static bool Lists(string method, RouteEndpoint endpoint) =>
        Table.Contains((HttpMethods.IsHead(method) ? "GET" : method.ToUpperInvariant(), endpoint.RoutePattern.RawText ?? ""));

    /// <summary>The fallback policy's requirement: an endpoint that asks for no permission must be in the table.</summary>
    internal sealed class Requirement : IAuthorizationRequirement;

    internal sealed class Check : AuthorizationHandler<Requirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
        {
            if (context.Resource is not HttpContext http) return Task.CompletedTask;
            var endpoint = http.GetEndpoint();
            // Nothing there, or not with this method: a signed-in person hears 404 or 405, anybody else cannot tell.
            var allowed = endpoint is RouteEndpoint route ? Lists(http.Request.Method, route) : context.User.Identity is ActorIdentity;
            if (allowed) context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
