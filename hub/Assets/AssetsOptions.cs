using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>The city's assets. File names without a root lie beside the program.</summary>
public sealed class AssetsOptions
{
    public const string Section = "Assets";

    /// <summary>GeoJSON of the street lights; imported at every start. Empty: no import.</summary>
    [Required(AllowEmptyStrings = true)]
    public string StreetLightsFile { get; set; } = "Cities/cambridge-ma/street-lights.geojson";
}
