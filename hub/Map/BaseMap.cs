using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Map;

/// <summary>Tiles with ranges, glyphs, and what the page needs to know of the map.</summary>
internal sealed class BaseMap
{
    private const string Tiles = "no-cache";
    private const string Glyphs = "public, max-age=604800";
    private readonly MapOptions options;
    private readonly HubOptions hub;
    private readonly StaticFolder tiles;
    private readonly StaticFolder glyphs;
    private readonly string tilesFile;
    private readonly PmtilesHeader? header;

    public BaseMap(MapOptions options, HubOptions hub, ILogger<BaseMap> log)
    {
        this.options = options;
        this.hub = hub;
        var path = Path.GetFullPath(options.TilesFile);
        tilesFile = Path.GetFileName(path);
        tiles = new StaticFolder(Path.GetDirectoryName(path)!);
        glyphs = new StaticFolder(options.GlyphsFolder);
        header = PmtilesHeader.Read(path);
        if (header is null && options.TilesUrl.Length == 0) log.NoTiles(path);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tiles/{**path}", (string path, HttpContext context) =>
            (path == tilesFile ? tiles.Find(context, tilesFile, Tiles) : null) ?? Results.NotFound());
        routes.MapGet("/glyphs/{**path}", (string path, HttpContext context) => glyphs.Find(context, path, Glyphs) ?? Results.NotFound());
        routes.MapGet("/api/map", Describe).RequirePermission(Permissions.MapRead).WithSummary("Describe the base map");
    }

    private IResult Describe() => Results.Ok(new
    {
        Title = options.Title.Length > 0 ? options.Title : hub.City,
        hub.City,
        hub.TimeZone,
        // Null without a base map: the page then draws vehicles and requests on plain ground.
        TilesUrl = options.TilesUrl.Length > 0 ? options.TilesUrl : header is null ? null : $"/tiles/{tilesFile}",
        GlyphsUrl = "/glyphs/{fontstack}/{range}.pbf",
        Bounds = options.Bounds.Length > 0 ? options.Bounds : header?.Bounds,
        Center = options.Center.Length > 0 ? options.Center : header?.Center,
        options.Zoom,
        options.Attribution,
    });
}
