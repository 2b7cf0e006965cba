namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>Log messages 2900–2949.</summary>
internal static partial class ImportsLog
{
    [LoggerMessage(2900, LogLevel.Information, "{Kind} from {File}: {Read} rows, {Imported} new, {Changed} changed, {Unchanged} unchanged, {Skipped} passed over")]
    public static partial void Imported(this ILogger log, string kind, string file, long read, long imported, long changed, long unchanged, long skipped);

    [LoggerMessage(2901, LogLevel.Warning, "{File}: {Rejected} rows of {Kind} were rejected, the first at line {Line}: {First}; GET /api/imports has all")]
    public static partial void Rejected(this ILogger log, string file, long rejected, string kind, long line, string first);
}
