namespace ThreeOneOne.Field.Hub.Map;

/// <summary>Log messages 2300–2399.</summary>
internal static partial class MapLog
{
    [LoggerMessage(2300, LogLevel.Warning, "No base map: {Path} is no PMTiles archive; build it with node dashboards/basemap/build.mjs, or set Map:TilesFile or Map:TilesUrl")]
    public static partial void NoTiles(this ILogger log, string path);
}
