using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Equipment;

/// <summary>Whether the vehicle's plow, broom or boom works: the road is not assessed then. Settings section <c>Equipment</c>.</summary>
public sealed class EquipmentOptions : IValidatableObject
{
    /// <summary>
    /// A contact that is on while the equipment works, in the forms of <see cref="IgnitionOptions.Source"/>: <c>gpio:GPIO23,pull-down</c> (a plow's
    /// lift switch, a broom's or a take-off's relay), <c>/dev/input/eventN</c> by <see cref="Code"/>, <c>file:PATH</c> or <c>tcp:HOST:PORT</c>.
    /// Empty: the vehicle has no such equipment.
    /// </summary>
    public string Source { get; set; } = "";

    /// <summary>Linux key code of an input device.</summary>
    [Range(1, 767)]
    public int Code { get; set; } = 257;

    /// <summary>How long it still counts as working after its contact is off, seconds: it runs down, it is put down.</summary>
    [Range(0, 600)]
    public double RestSeconds { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length > 0 && !GpioAddress.TryParse(Source, out _) && SupplyIgnition.NameIn(Source) is null && !LineAddress.TryParse(Source, out _))
            yield return new ValidationResult($"{GpioAddress.Rule}, {SupplyIgnition.Rule}, {LineAddress.Rule}", [nameof(Source)]);
    }
}
