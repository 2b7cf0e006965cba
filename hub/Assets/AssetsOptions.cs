using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>The city's assets. File names without a root lie beside the program.</summary>
public sealed class AssetsOptions
{
    public const string Section = "Assets";

    /// <summary>GeoJSON or CSV of the street lights; imported at every start. Empty: none, what <c>field-hub import</c> brought stays.</summary>
    [Required(AllowEmptyStrings = true)]
    public string StreetLightsFile { get; set; } = "Cities/cambridge-ma/street-lights.geojson";

    /// <summary>What that file calls things, and files that are imported later unless they say otherwise.</summary>
    public StreetLightColumns Columns { get; set; } = new();
}
