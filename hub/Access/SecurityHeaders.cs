namespace ThreeOneOne.Field.Hub.Access;

/// <summary>What every answer tells the browser: our own scripts and styles only, no framing, no guessing of types, no copies of data, no devices.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IEnumerable<TrustedOrigin> trusted)
{
    /// <summary>For what is no page: whoever opens it as one gets nothing to run.</summary>
    public const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Devices =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), "
        + "midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    // MapLibre draws from blobs. Styles that scripts set need no leave; styles written into the page would.
    private readonly string page =
        "default-src 'self'; img-src 'self' data: blob:; worker-src 'self'; "
        + $"connect-src {string.Join(' ', ["'self'", .. trusted.Select(t => t.Origin)])}; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment, because an error handler empties the headers first.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            // An endpoint may be stricter. A worker lives under the policy of its own script. "Not modified" has no type, and what it
            // says replaces what the browser keeps with the page: nothing said leaves the page its policy.
            if (headers.ContentSecurityPolicy.Count == 0 && context.Response.StatusCode != StatusCodes.Status304NotModified)
                headers.ContentSecurityPolicy = IsPage(context.Response.ContentType) ? page : Nothing;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            // Not no-referrer: it would also take the Origin away by which we know our own pages.
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = Devices;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (!headers.ContainsKey("Cross-Origin-Resource-Policy")) headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (context.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static bool IsPage(string? type) =>
        type is not null && (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) || type.StartsWith("text/javascript", StringComparison.OrdinalIgnoreCase));
}
