using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Light;

/// <summary>Where illuminance comes from. Settings section <c>Light</c>.</summary>
public sealed class LightOptions : IValidatableObject
{
    /// <summary>
    /// <c>iio:NAME</c> is a sensor behind a driver of the kernel, by the name in <c>/sys/bus/iio/devices/*/name</c>;
    /// <c>file:PATH</c> or <c>tcp:HOST:PORT</c> of lines <c>unixMs,lux</c>, moved in time and paced together with the
    /// position's recording. Empty: no light sensor.
    /// </summary>
    public string Source { get; set; } = "";

    /// <summary>How often a sensor is asked, Hz; one that measures for longer answers as often as it can.</summary>
    [Range(1, 50)]
    public double RateHz { get; set; } = 10;

    /// <summary>Seconds of wall time without a reading after which the source counts as stale.</summary>
    [Range(0.5, 600)]
    public double StaleSeconds { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length > 0 && IioBus.NameIn(Source) is null && !LineAddress.TryParse(Source, out _)) yield return new ValidationResult($"{IioBus.Rule}, {LineAddress.Rule}", [nameof(Source)]);
    }
}
