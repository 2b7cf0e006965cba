using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent;

/// <summary>The vehicle's copy of the city's map. Settings section <c>City</c>.</summary>
public sealed class CityOptions : IValidatableObject
{
    /// <summary>GeoJSON of street lights. Empty: lamps are not assessed.</summary>
    public string PolesFile { get; set; } = "";

    /// <summary>GeoJSON of street centre-lines. Required for vehicles without a crew, whose reports are cut to segments.</summary>
    public string StreetsFile { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PolesFile.Length > 0 && !File.Exists(PolesFile)) yield return new ValidationResult("a file that exists", [nameof(PolesFile)]);
        if (StreetsFile.Length > 0 && !File.Exists(StreetsFile)) yield return new ValidationResult("a file that exists", [nameof(StreetsFile)]);
    }
}
