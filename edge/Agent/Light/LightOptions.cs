using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Light;

/// <summary>Where illuminance comes from. Settings section <c>Light</c>.</summary>
public sealed class LightOptions : IValidatableObject
{
    /// <summary>
    /// <c>file:PATH</c> or <c>tcp:HOST:PORT</c> of lines <c>unixMs,lux</c>, moved in time and paced together with the
    /// position's recording. Empty: no light sensor.
    /// </summary>
    public string Source { get; set; } = "";

    /// <summary>Seconds of wall time without a reading after which the source counts as stale.</summary>
    [Range(0.5, 600)]
    public double StaleSeconds { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length > 0 && !LineAddress.TryParse(Source, out _)) yield return new ValidationResult(LineAddress.Rule, [nameof(Source)]);
    }
}
