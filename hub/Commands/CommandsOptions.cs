using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>How commands reach the vehicles.</summary>
public sealed class CommandsOptions
{
    public const string Section = "Commands";

    /// <summary>Time between attempts to bring a vehicle a command that it hasn't answered, seconds.</summary>
    [Range(1, 3_600)]
    public int ResendSeconds { get; set; } = 15;

    /// <summary>How long a command may run for which nobody said, seconds.</summary>
    [Range(10, 604_800)]
    public int ExpirySeconds { get; set; } = 3_600;

    /// <summary>How long logs and raw readings of vehicles are kept, days.</summary>
    [Range(1, 3_650)]
    public int BundleDays { get; set; } = 30;

    /// <summary>Longest log or capture that is taken, bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBundleBytes { get; set; } = 8 * 1024 * 1024;
}
