using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>What vehicles are told for their crews' screens.</summary>
public sealed class ProfilesOptions
{
    public const string Section = "Profiles";

    /// <summary>Time between attempts to bring a vehicle the profile that it should hold, seconds.</summary>
    [Range(1, 3_600)]
    public int ResendSeconds { get; set; } = 15;

    /// <summary>Iterations of a PIN's hash; a vehicle needs about a thousandth of a millisecond for each, of every member of a crew.</summary>
    [Range(1_000, 1_000_000)]
    public int PinRounds { get; set; } = Wire.PinHash.DefaultRounds;
}
