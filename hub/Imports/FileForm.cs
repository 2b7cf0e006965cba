using System.Text;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>How a city's file is written, where it does not say so itself.</summary>
public sealed record FileForm
{
    /// <summary>Longest row: what is longer is no row, and is not held in memory.</summary>
    public const int MostRowBytes = 64 * 1024;

    /// <summary>Largest layer that is read as a whole (GeoJSON); tables are read row by row and may be longer.</summary>
    public const int MostLayerBytes = 512 * 1024 * 1024;

    /// <summary>Encodings by the names that people give them.</summary>
    public static readonly IReadOnlyList<string> Encodings = ["utf-8", "latin1", "windows-1252"];

    /// <summary>Of a file without a byte order mark; with one it is UTF-8 or UTF-16 as the mark says.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Between the cells of a table.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Refuses what does not belong to the encoding, so that a wrong one shows.</summary>
    public Encoding Strict() => Encoding switch
    {
        "utf-8" => new UTF8Encoding(false, throwOnInvalidBytes: true),
        "latin1" => System.Text.Encoding.Latin1,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
    };
}
