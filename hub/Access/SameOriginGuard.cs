namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Refuses requests that change something when another site's page made them. Browsers say where a request comes from
/// (Sec-Fetch-Site, on old ones and plain http Origin); an API key cannot be sent by a foreign page, so keys pass.
/// </summary>
internal sealed class SameOriginGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (safe || context.Actor().Kind == ActorKind.Key || IsOwn(request, context.Actor().Kind)) return next(context);
        return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Not from this site.",
            detail: "A request that changes something must come from the hub's own pages (Sec-Fetch-Site or Origin), or carry an API key.")
            .ExecuteAsync(context);
    }

    private static bool IsOwn(HttpRequest request, ActorKind kind)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site == "same-origin";
        var origin = request.Headers.Origin.ToString();
        // Host against host: behind a proxy that ends TLS the scheme differs.
        if (origin.Length > 0) return Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value;
        // Neither: no browser. Without a cookie there is nothing to borrow.
        return kind == ActorKind.Nobody;
    }
}
