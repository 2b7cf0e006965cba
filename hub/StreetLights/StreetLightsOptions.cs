using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>How what is known of single street lights becomes what is known of a street's. Settings section <c>StreetLights</c>.</summary>
public sealed class StreetLightsOptions
{
    public const string Section = "StreetLights";

    /// <summary>Dark lights of one street are of one row when no more than this lies between two of them, metres; two spans of usual spacing.</summary>
    [Range(10.0, 300.0)]
    public double RowGapM { get; set; } = 65;

    /// <summary>So many dark lights in a row are one fault of what feeds them: one request.</summary>
    [Range(2, 50)]
    public int RowPoles { get; set; } = 3;

    /// <summary>A row is followed no further than this many lights.</summary>
    [Range(2, 1_000)]
    public int RowMost { get; set; } = 200;

    /// <summary>A light that no pass could judge for so many nights is listed as not seen.</summary>
    [Range(1, 365)]
    public int UnseenNights { get; set; } = 14;
}
