namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// The session's cookie. Over https it carries the <c>__Host-</c> prefix, which ties it to this very host; browsers refuse
/// that prefix on plain http, where the demo and a kiosk run.
/// </summary>
internal static class SessionCookie
{
    public static string? Read(HttpRequest request) => request.Cookies[Name(request)] is { Length: > 0 and < 128 } token ? token : null;

    public static void Write(HttpContext context, string token, TimeSpan lifetime) =>
        context.Response.Cookies.Append(Name(context.Request), token, Options(context.Request, lifetime));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, null));

    private static string Name(HttpRequest request) => request.IsHttps ? "__Host-field_session" : "field_session";

    private static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
