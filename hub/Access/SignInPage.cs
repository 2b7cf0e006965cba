using System.Reflection;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>The sign-in page: three files inside the program, so that it works without the dispatcher's page.</summary>
internal static class SignInPage
{
    private const string Prefix = "ThreeOneOne.Field.Hub.Access.Pages.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var html = Read("sign-in.html");
        var files = new Dictionary<string, (byte[] Bytes, string Type)>(StringComparer.Ordinal)
        {
            ["sign-in.css"] = (Read("sign-in.css"), "text/css; charset=utf-8"),
            ["sign-in.js"] = (Read("sign-in.js"), "text/javascript; charset=utf-8"),
        };
        routes.MapGet("/sign-in", (HttpContext context) => Send(context, html, "text/html; charset=utf-8"));
        routes.MapGet("/sign-in/{file}", (string file, HttpContext context) =>
            files.TryGetValue(file, out var found) ? Send(context, found.Bytes, found.Type) : Results.NotFound());
    }

    // Nothing but its own two files, and no way for a text to become a script.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private static IResult Send(HttpContext context, byte[] bytes, string type)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Bytes(bytes, type);
    }

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
