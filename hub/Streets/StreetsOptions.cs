using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>The city's street map, for addresses. File names without a root lie beside the program.</summary>
public sealed class StreetsOptions
{
    public const string Section = "Streets";

    /// <summary>GeoJSON of centre-lines with names, address ranges and nodes.</summary>
    [Required]
    public string CentrelinesFile { get; set; } = "Cities/cambridge-ma/centerlines.geojson";

    /// <summary>GeoJSON of named intersections.</summary>
    [Required]
    public string IntersectionsFile { get; set; } = "Cities/cambridge-ma/intersections.geojson";

    /// <summary>A place this near to a named intersection is addressed by it, metres.</summary>
    [Range(0.0, 100.0)]
    public double IntersectionM { get; set; } = 15;

    /// <summary>A place farther than this from every street has no address, metres.</summary>
    [Range(5.0, 2_000.0)]
    public double FarthestM { get; set; } = 150;
}
