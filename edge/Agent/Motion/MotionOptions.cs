using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>Where acceleration comes from. Settings section <c>Motion</c>.</summary>
public sealed class MotionOptions : IValidatableObject
{
    /// <summary>
    /// <c>iio:NAME</c> is a sensor behind a driver of the kernel, by the name in <c>/sys/bus/iio/devices/*/name</c>;
    /// <c>file:PATH</c> or <c>tcp:HOST:PORT</c> of lines <c>unixMs,x,y,z</c> (m/s², see <see cref="AccelSample"/>), moved in
    /// time and paced together with the position's recording. Empty: no accelerometer.
    /// </summary>
    public string Source { get; set; } = "";

    /// <summary>How often a sensor measures, Hz; where it has no such rate, the next above.</summary>
    [Range(10, 2000)]
    public double RateHz { get; set; } = 200;

    /// <summary>
    /// How the sensor sits in the vehicle when its device tree does not say: the rows of a rotation, <c>0, 1, 0; -1, 0, 0; 0, 0, 1</c>
    /// for one whose y axis points forward. Empty: x forward, y left, z up.
    /// </summary>
    public string Mount { get; set; } = "";

    /// <summary>The trigger that makes the sensor measure, by its name, for drivers whose interrupt is not wired. Empty: the driver's own.</summary>
    public string Trigger { get; set; } = "";

    /// <summary>
    /// True asks a sensor whose driver has no buffer for each sample, <see cref="RateHz"/> times a second and at most 100: an adxl345 on Debian 12.
    /// A sensor with its interrupt wired does better by itself.
    /// </summary>
    public bool Polled { get; set; }

    /// <summary>Samples handed on together.</summary>
    [Range(1, 250)]
    public int BlockSamples { get; set; } = 50;

    /// <summary>Seconds of wall time without a sample after which the source counts as stale.</summary>
    [Range(0.5, 600)]
    public double StaleSeconds { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length > 0 && IioBus.NameIn(Source) is null && !LineAddress.TryParse(Source, out _)) yield return new ValidationResult($"{IioBus.Rule}, {LineAddress.Rule}", [nameof(Source)]);
        if (Mount.Length > 0 && !MountMatrix.TryParse(Mount, out _)) yield return new ValidationResult(MountMatrix.Rule, [nameof(Mount)]);
    }
}
