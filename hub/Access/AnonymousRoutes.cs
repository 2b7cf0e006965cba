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
        ("GET", "/readyz"),
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
        // What the API is, not what is in it.
        ("GET", "/openapi/{documentName}.json"),
        // Open311 is public by its own rules: only requests that anybody may see, within a limit for each address. Its two POSTs
        // read their key from the body and check it there (KeyCheck). What is no resource hears so in Open311's formats.
        ("GET", "/open311/discovery.{format}"),
        ("GET", "/open311/v2/discovery.{format}"),
        ("GET", "/open311/v2/services.{format}"),
        ("GET", "/open311/v2/services/{id}.{format}"),
        ("GET", "/open311/v2/requests.{format}"),
        ("POST", "/open311/v2/requests.{format}"),
        ("GET", "/open311/v2/requests/{id}.{format}"),
        ("GET", "/open311/v2/tokens/{id}.{format}"),
        ("GET", "/open311/v2/servicerequestupdates.{format}"),
        // Pictures that somebody marked as public, cleaned.
        ("GET", "/open311/v2/media/{id}.{format}"),
        ("POST", "/open311/v2/servicerequestupdates.{format}"),
        ("GET", "/open311/{**path}"),
        ("POST", "/open311/{**path}"),
        ("PUT", "/open311/{**path}"),
        ("PATCH", "/open311/{**path}"),
        ("DELETE", "/open311/{**path}"),
        ("OPTIONS", "/open311/{**path}"),
        // Event Grid signs in with a key of its own, which the endpoint checks before it reads anything (hub/Azure). OPTIONS only says
        // that this address takes events.
        ("POST", "/azure/events"),
        ("OPTIONS", "/azure/events"),
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
