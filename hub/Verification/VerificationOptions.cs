using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>How later passes verify repairs. How long a repair settles first is said by <c>Sites:LampSettleHours</c> and <c>Sites:PotholeSettleHours</c>.</summary>
public sealed class VerificationOptions
{
    public const string Section = "Verification";

    /// <summary>Passes without the defect that a repair needs, at the least.</summary>
    [Range(1, 50)]
    public int Passes { get; set; } = 3;

    /// <summary>Different vehicles that those passes need, at the least.</summary>
    [Range(1, 20)]
    public int Vehicles { get; set; } = 2;

    /// <summary>What all passes since must say together against the defect, log-odds.</summary>
    [Range(0.1, 10.0)]
    public double Evidence { get; set; } = 1;

    /// <summary>A repair that too few vehicles have passed after this is left unverified, days.</summary>
    [Range(1.0, 365.0)]
    public double WithinDays { get; set; } = 45;

    /// <summary>How often repairs that wait are looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(10);
}
