using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>Where acceleration comes from. Settings section <c>Motion</c>.</summary>
public sealed class MotionOptions : IValidatableObject
{
    /// <summary>
    /// <c>file:PATH</c> or <c>tcp:HOST:PORT</c> of lines <c>unixMs,x,y,z</c> (m/s², see <see cref="AccelSample"/>), moved in
    /// time and paced together with the position's recording. Empty: no accelerometer.
    /// </summary>
    public string Source { get; set; } = "";

    /// <summary>Samples handed on together.</summary>
    [Range(1, 1000)]
    public int BlockSamples { get; set; } = 50;

    /// <summary>Seconds of wall time without a sample after which the source counts as stale.</summary>
    [Range(0.5, 600)]
    public double StaleSeconds { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length > 0 && !LineAddress.TryParse(Source, out _)) yield return new ValidationResult(LineAddress.Rule, [nameof(Source)]);
    }
}
