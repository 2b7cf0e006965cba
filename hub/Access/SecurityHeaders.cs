namespace ThreeOneOne.Field.Hub.Access;

/// <summary>What every answer tells the browser: our own scripts only, no framing, no guessing of types, no copies of data.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IEnumerable<TrustedOrigin> trusted)
{
    // MapLibre sets styles from script and draws from blobs.
    private readonly string policy =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self'; "
        + $"connect-src {string.Join(' ', ["'self'", .. trusted.Select(t => t.Origin)])}; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment, because an error handler empties the headers first.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            // An endpoint may be stricter.
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            // Not no-referrer: it would also take the Origin away by which we know our own pages.
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (!headers.ContainsKey("Cross-Origin-Resource-Policy")) headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (context.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
