using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>How proposals of sensors become requests.</summary>
public sealed class AutomationOptions : IValidatableObject
{
    public const string Section = "Automation";

    /// <summary>Mode of every service and district that nobody has set: Shadow or Review.</summary>
    public AutomationMode Mode { get; set; } = AutomationMode.Review;

    /// <summary>Share of the last inspections that must have confirmed what sensors proposed, before a district may be automatic and as long as it is; 0.5 to 1.</summary>
    [Range(0.5, 1.0)]
    public double Goal { get; set; } = 0.9;

    /// <summary>Inspections that count, the newest of a service and district.</summary>
    [Range(5, 1_000)]
    public int Inspections { get; set; } = 30;

    /// <summary>Requests that an automatic service may open in a district on one day of the city's clock; the rest is held, the most urgent released first.</summary>
    [Range(1, 10_000)]
    public int DailyCap { get; set; } = 25;

    /// <summary>What a person rejected isn't proposed again for so long, days, unless twice as many passes speak for it.</summary>
    [Range(0.0, 3_650.0)]
    public double RejectedDays { get; set; } = 30;

    /// <summary>A defect within this of its repair, days, is a follow-up of the request that was closed.</summary>
    [Range(0.0, 3_650.0)]
    public double FollowUpDays { get; set; } = 60;

    /// <summary>Whether follow-ups go to crews without review.</summary>
    public bool FollowUpsAtOnce { get; set; }

    /// <summary>How often held requests are looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == AutomationMode.Automatic) yield return new ValidationResult("Shadow or Review: automatic is earned by each district (PUT /api/automation)", [nameof(Mode)]);
    }
}
