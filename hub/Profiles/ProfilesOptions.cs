using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>What vehicles are told for their crews' screens.</summary>
public sealed class ProfilesOptions
{
    public const string Section = "Profiles";

    /// <summary>Time between attempts to bring a vehicle the profile that it should hold, seconds.</summary>
    [Range(1, 3_600)]
    public int ResendSeconds { get; set; } = 15;

    /// <summary>How long the vehicles of a stage must have a device profile before the next stage opens, minutes.</summary>
    [Range(0.0, 10_080)]
    public double SoakMinutes { get; set; } = 60;

    /// <summary>How long a vehicle may say nothing after its stage opened until it counts as unwell, hours.</summary>
    [Range(0.001, 720)]
    public double SilentHours { get; set; } = 24;

    /// <summary>Largest share of unwell vehicles, among those whose stage is open, with which a roll-out goes on.</summary>
    [Range(0.0, 1)]
    public double MostUnwellShare { get; set; } = 0.1;

    internal RollOutLimits Limits => new(TimeSpan.FromMinutes(SoakMinutes), TimeSpan.FromHours(SilentHours), MostUnwellShare);

    /// <summary>Iterations of a PIN's hash; a vehicle needs about a thousandth of a millisecond for each, of every member of a crew.</summary>
    [Range(1_000, 1_000_000)]
    public int PinRounds { get; set; } = Wire.PinHash.DefaultRounds;
}
