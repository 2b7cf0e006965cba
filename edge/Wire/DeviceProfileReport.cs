namespace ThreeOneOne.Field.Wire;

/// <summary>What a vehicle says of its device profile.</summary>
public sealed record DeviceProfileReport
{
    /// <summary>Most keys named in <see cref="Local"/>.</summary>
    public const int MostLocal = 50;

    /// <summary>Longest <see cref="Reason"/> and <see cref="LastForeign"/>, characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Version in force; 0: none, the vehicle's own file alone counts.</summary>
    public long Version { get; init; }

    /// <summary>Newest version that was sent and judged.</summary>
    public long Judged { get; init; }

    /// <summary>What became of <see cref="Judged"/>; null when nothing was.</summary>
    public DeviceProfileOutcome? Outcome { get; init; }

    /// <summary>Why it was refused or rolled back; or what a trial lacks.</summary>
    public string? Reason { get; init; }

    /// <summary><see cref="SettingsDigest"/> of the keys of the profile in force, with the values that count on the vehicle.</summary>
    public string? Hash { get; init; }

    /// <summary>Keys that the vehicle's own file, environment or arguments set beside or above the profile.</summary>
    public string[]? Local { get; init; }

    /// <summary>Bundles since the start that are none of this vehicle's: forged, too large, another's, older.</summary>
    public long Foreign { get; init; }

    /// <summary>Why the last of them was.</summary>
    public string? LastForeign { get; init; }
}
