using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Districts;

/// <summary>The areas by which a city divides its work.</summary>
public sealed class DistrictsOptions
{
    public const string Section = "Districts";

    /// <summary>GeoJSON of polygons; without a root it lies beside the program. Empty: the city has no districts.</summary>
    public string File { get; set; } = "Cities/cambridge-ma/neighborhoods.geojson";

    /// <summary>Property with a district's id.</summary>
    [Required]
    public string IdProperty { get; set; } = "N_HOOD";

    /// <summary>Property with its name.</summary>
    [Required]
    public string NameProperty { get; set; } = "NAME";

    /// <summary>A place outside all districts belongs to the nearest one within this, metres: poles stand on the far side of border streets.</summary>
    [Range(0.0, 1_000.0)]
    public double ReachM { get; set; } = 60;

    /// <summary>
    /// A place farther than this from every district is none of the city's, metres. Reports of it are refused, what vehicles
    /// sense there makes no request, and what a crew did there is kept and marked. A city without districts is where its streets are.
    /// </summary>
    [Range(0.0, 100_000.0)]
    public double MarginM { get; set; } = 1_000;
}
