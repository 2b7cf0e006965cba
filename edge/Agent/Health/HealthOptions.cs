using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>What the vehicle says about itself. Settings section <c>Health</c>.</summary>
public sealed class HealthOptions
{
    /// <summary>Time between two health records, minutes.</summary>
    [Range(0.01, 1440)]
    public double Minutes { get; set; } = 5;

    /// <summary>
    /// Time between two looks for what should be said before the next record is due, seconds: voltage too low, a disk that takes no more writes,
    /// new errors of its file system.
    /// </summary>
    [Range(1, 3600)]
    public double LookSeconds { get; set; } = 60;

    /// <summary>Folder in which <c>sys</c> and <c>proc</c> are.</summary>
    [LocalOnly]
    public string Root { get; set; } = "/";
}
