using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Hub.Map;

/// <summary>The dispatcher's page: its files hold no data, so they are anonymous.</summary>
internal sealed partial class PageFiles(MapOptions options)
{
    private const string AskAgain = "no-cache";
    private const string ForEver = "public, max-age=31536000, immutable";
    private readonly StaticFolder folder = new(options.PageFolder);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Index);
        routes.MapGet("/index.html", Index);
        foreach (var icon in new[] { "favicon.svg", "favicon.ico" })
            routes.MapGet("/" + icon, (HttpContext context) => folder.Find(context, icon, AskAgain) ?? Results.NotFound());
        foreach (var below in new[] { "assets", "fonts" })
        {
            routes.MapGet($"/{below}/{{**path}}", (string path, HttpContext context) =>
                folder.Find(context, $"{below}/{path}", HashedName().IsMatch(path) ? ForEver : AskAgain) ?? Results.NotFound());
        }

        // A link into the page. Only what a browser opens as a page: a mistyped API path is no page.
        routes.MapGet("/{*path:nonfile}", (HttpContext context) => IsPage(context.Request) ? Index(context) : Results.NotFound())
            .WithOrder(int.MaxValue);
    }

    private static bool IsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private IResult Index(HttpContext context) => folder.Find(context, "index.html", AskAgain) ?? Results.Text(
        $"""
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Page not built</title>
        <h1>The dispatcher's page is not built yet</h1>
        <p>The hub runs, and its API answers. It looks for the page in <code>{System.Net.WebUtility.HtmlEncode(Path.GetFullPath(options.PageFolder))}</code>.</p>
        <p>Build it with <code>npm ci &amp;&amp; npm run build</code> in <code>dashboards/dispatch</code>, or point <code>Map:PageFolder</code>
        to where it is, and start the hub again. <code>bash hub/demo.sh</code> does all of this.</p></html>
        """, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);

    /// <summary>Names in which the build put a hash of the contents.</summary>
    [GeneratedRegex(@"-[A-Za-z0-9_-]{8}\.\w+$")]
    private static partial Regex HashedName();
}
