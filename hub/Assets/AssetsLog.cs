namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>Log messages 1700–1799.</summary>
internal static partial class AssetsLog
{
    [LoggerMessage(1700, LogLevel.Information, "Street lights from {File}: {Total} in all, {Changed} new or changed")]
    public static partial void Imported(this ILogger log, string file, int total, int changed);
}
