using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>Whether the vehicle's ignition is on, and what happens when it is off. Settings section <c>Ignition</c>.</summary>
public sealed class IgnitionOptions : IValidatableObject
{
    /// <summary>
    /// <c>gpio:GPIO22,pull-down</c> is a pin (behind a divider or an optocoupler: never 12 V); <c>/dev/input/eventN</c> a key or a switch by
    /// <see cref="Code"/>; <c>power_supply:NAME</c> the <c>online</c> of a supply in <c>/sys/class/power_supply</c>; or, recorded,
    /// <c>file:PATH</c> or <c>tcp:HOST:PORT</c> of lines <c>unixMs,1</c> (on) and <c>unixMs,0</c> (off). Empty: nothing is known of it, and the
    /// computer runs as long as it has power.
    /// </summary>
    public string Source { get; set; } = "";

    /// <summary>Linux key code of an input device (<c>linux,code</c> of the overlay).</summary>
    [Range(1, 767)]
    public int Code { get; set; } = 256;

    /// <summary>How long it must rest before it counts, seconds: a starter makes it flicker.</summary>
    [Range(0.1, 60)]
    public double SettleSeconds { get; set; } = 2;

    /// <summary>How long the vehicle goes on as before after the ignition was turned off, minutes: a crew works beside its truck.</summary>
    [Range(0, 24 * 60)]
    public double HoldUpMinutes { get; set; } = 20;

    /// <summary>How much longer at most, while the hub is reached and something waits to be sent, minutes.</summary>
    [Range(0, 24 * 60)]
    public double FinishMinutes { get; set; } = 5;

    /// <summary>
    /// A file that is made after the vehicle has ended in order: who has the right turns the computer off then (the package's
    /// <c>/run/field-agent/power-off</c>). Empty: the computer is not turned off, and the vehicle goes on until its power ends.
    /// </summary>
    [LocalOnly]
    public string PowerOffFile { get; set; } = "";

    /// <summary>File with the voltage of the vehicle's battery: <c>/sys/class/power_supply/NAME/voltage_now</c>, <c>/sys/class/hwmon/hwmonN/inN_input</c>. Empty: none.</summary>
    public string VoltageFile { get; set; } = "";

    /// <summary>Volts of one step of <see cref="VoltageFile"/>, with the divider before it: 0.000001 for a supply's microvolts, 0.001 for hwmon's millivolts.</summary>
    [Range(1e-9, 1000)]
    public double VoltsPerStep { get; set; } = 0.000001;

    /// <summary>Below this for <see cref="CutOffSeconds"/> with the ignition off the hold-up ends at once, volts: so that the engine starts tomorrow. 0: never.</summary>
    [Range(0, 60)]
    public double CutOffVolts { get; set; }

    /// <summary>How long the voltage must be below <see cref="CutOffVolts"/>, seconds.</summary>
    [Range(0.1, 3600)]
    public double CutOffSeconds { get; set; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length > 0 && !GpioAddress.TryParse(Source, out _) && SupplyIgnition.NameIn(Source) is null && !LineAddress.TryParse(Source, out _))
            yield return new ValidationResult($"{GpioAddress.Rule}, {SupplyIgnition.Rule}, {LineAddress.Rule}", [nameof(Source)]);
        if (PowerOffFile.Length > 0 && !Path.IsPathFullyQualified(PowerOffFile)) yield return new ValidationResult("an absolute path", [nameof(PowerOffFile)]);
        if (CutOffVolts > 0 && VoltageFile.Length == 0) yield return new ValidationResult("a file, because CutOffVolts is set", [nameof(VoltageFile)]);
    }
}
