using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>The physical button beside or instead of the crew's screen. Settings section <c>Button</c>.</summary>
public sealed class ButtonOptions : IValidatableObject
{
    /// <summary>
    /// <c>gpio:GPIO17,pull-up,active-low</c> is a pin by its name (or <c>gpio:gpiochipN:OFFSET</c>); <c>/dev/input/eventN</c> or a link to it: a button that the kernel offers as a key (<c>gpio-keys</c>, a USB button); or, recorded,
    /// <c>file:PATH</c> or <c>tcp:HOST:PORT</c> of lines <c>unixMs,1</c> (down) and <c>unixMs,0</c> (up). Empty: no button.
    /// </summary>
    public string Source { get; set; } = "";

    /// <summary>Linux key code that counts (<c>linux,code</c> of the overlay); 0: any key of the device.</summary>
    [Range(0, 767)]
    public int Code { get; set; }

    /// <summary>Edges sooner than this after the one before are bounce, milliseconds.</summary>
    [Range(0, 500)]
    public int DebounceMs { get; set; } = 30;

    /// <summary>Held at least this long it is a long press, milliseconds: the next step of the job.</summary>
    [Range(300, 10_000)]
    public int LongMs { get; set; } = 1_200;

    /// <summary>Held at least this long it begins or ends the shift of <see cref="Crew"/>, milliseconds.</summary>
    [Range(2_000, 20_000)]
    public int ShiftMs { get; set; } = 5_000;

    /// <summary>Held longer than this nobody holds it: something leans on it, or it is stuck. Milliseconds.</summary>
    [Range(5_000, 120_000)]
    public int StuckMs { get; set; } = 30_000;

    /// <summary>A short press sooner than this after the one before is a finger that bounced, milliseconds.</summary>
    [Range(0, 30_000)]
    public int RestMs { get; set; } = 1_200;

    /// <summary>What a short press means while the vehicle stands; while the panel is locked it always marks the spot.</summary>
    public ButtonShort ShortPress { get; set; } = ButtonShort.FixedHere;

    /// <summary>Service code that it names; empty: what the crew fixed last, else that of its job, else <c>pothole</c>.</summary>
    public string Service { get; set; } = "";

    /// <summary>Crew that the longest press signs on and off, for a vehicle without a screen; empty: it does neither. A crew with PINs is refused.</summary>
    public string Crew { get; set; } = "";

    /// <summary>A lamp that answers: <c>gpio:NAME</c> as of <see cref="Source"/>, or a folder of the kernel's (<c>/sys/class/leds/NAME</c>); empty: no lamp.</summary>
    public string Lamp { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length > 0 && !GpioAddress.TryParse(Source, out _) && !LineAddress.TryParse(Source, out _)) yield return new ValidationResult($"{GpioAddress.Rule}, {LineAddress.Rule}", [nameof(Source)]);
        if (ShiftMs <= LongMs) yield return new ValidationResult($"more than LongMs ({LongMs})", [nameof(ShiftMs)]);
        if (StuckMs <= ShiftMs) yield return new ValidationResult($"more than ShiftMs ({ShiftMs})", [nameof(StuckMs)]);
        if (Crew.Length > 0 && !Identifier.IsValid(Crew)) yield return new ValidationResult(Identifier.Rule, [nameof(Crew)]);
        if (Lamp.Length > 0 && !GpioAddress.TryParse(Lamp, out _) && !Directory.Exists(Lamp)) yield return new ValidationResult($"a folder such as /sys/class/leds/NAME, or {GpioAddress.Rule}", [nameof(Lamp)]);
    }
}
