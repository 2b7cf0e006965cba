using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Map;

/// <summary>The dispatcher's page and the base map under it. A city points to its own tiles here.</summary>
public sealed class MapOptions : IValidatableObject
{
    public const string Section = "Map";

    /// <summary>The name above the page; empty: the city's name.</summary>
    public string Title { get; set; } = "";

    /// <summary>Folder of the built page (index.html, assets).</summary>
    [Required]
    public string PageFolder { get; set; } = "dashboards/dispatch/dist";

    /// <summary>PMTiles archive of vector tiles that the hub serves.</summary>
    [Required]
    public string TilesFile { get; set; } = "dashboards/basemap/dist/cambridge-ma.pmtiles";

    /// <summary>Folder of label glyphs: <c>{fontstack}/{range}.pbf</c>.</summary>
    [Required]
    public string GlyphsFolder { get; set; } = "dashboards/basemap/dist/glyphs";

    /// <summary>URL of a PMTiles archive of the city's own, instead of <see cref="TilesFile"/>; empty: none.</summary>
    public string TilesUrl { get; set; } = "";

    /// <summary>West, south, east, north in degrees; empty: as the archive says.</summary>
    public double[] Bounds { get; set; } = [];

    /// <summary>Longitude, latitude in degrees at the start; empty: as the archive says.</summary>
    public double[] Center { get; set; } = [];

    /// <summary>Zoom at the start, in MapLibre's levels of 512-pixel tiles.</summary>
    [Range(0, 20)]
    public double Zoom { get; set; } = 13;

    /// <summary>Whom the map is by; shown on it.</summary>
    public string Attribution { get; set; } = "City of Cambridge, MA (public domain)";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Bounds.Length != 0 && !(Bounds.Length == 4 && IsPlace(Bounds[0], Bounds[1]) && IsPlace(Bounds[2], Bounds[3]) && Bounds[0] < Bounds[2] && Bounds[1] < Bounds[3]))
            yield return new ValidationResult("west, south, east, north in degrees", [nameof(Bounds)]);
        if (Center.Length != 0 && !(Center.Length == 2 && IsPlace(Center[0], Center[1])))
            yield return new ValidationResult("longitude, latitude in degrees", [nameof(Center)]);
        if (TilesUrl.Length > 0 && !(Uri.TryCreate(TilesUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return new ValidationResult("the http(s) URL of a .pmtiles archive", [nameof(TilesUrl)]);
    }

    private static bool IsPlace(double longitude, double latitude) => Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90;
}
