using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>Dangers at places.</summary>
public sealed class HazardsOptions : IValidatableObject
{
    public const string Section = "Hazards";

    private const int MostHours = 24 * 365;

    /// <summary>How long a report of each kind counts unless it is seen again or ended, hours.</summary>
    public Dictionary<string, int> Hours { get; set; } = new(StringComparer.Ordinal)
    {
        [HazardKind.WireDown] = 12, [HazardKind.Gas] = 12, [HazardKind.Sinkhole] = 72, [HazardKind.Flooding] = 12, [HazardKind.Ice] = 12,
        [HazardKind.TreeDown] = 24, [HazardKind.Debris] = 12, [HazardKind.Dog] = 24 * 30, [HazardKind.Sharps] = 48,
        [HazardKind.WorkZone] = 24 * 14, [HazardKind.SteelPlates] = 24 * 14,
    };

    /// <summary>A kind that <see cref="Hours"/> leaves out, hours.</summary>
    [Range(1, MostHours)]
    public int OtherHours { get; set; } = 12;

    /// <summary>Reports of one kind nearer than this to each other are one danger, metres.</summary>
    [Range(1, 500)]
    public double SameM { get; set; } = 40;

    /// <summary>Time between attempts to bring a vehicle what it should hold, and longest time by which an end is noticed late, seconds.</summary>
    [Range(1, 3_600)]
    public int ResendSeconds { get; set; } = 15;

    public TimeSpan Lasts(string kind) => TimeSpan.FromHours(Hours.GetValueOrDefault(kind, OtherHours));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (kind, hours) in Hours)
        {
            if (!HazardKind.All.Contains(kind)) yield return new ValidationResult($"'{kind}' is none of {string.Join(", ", HazardKind.All)}", [nameof(Hours)]);
            else if (hours is < 1 or > MostHours) yield return new ValidationResult($"1 to {MostHours} for {kind}", [nameof(Hours)]);
        }
    }
}
