using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>What the vehicle says about itself. Settings section <c>Health</c>.</summary>
public sealed class HealthOptions
{
    /// <summary>Time between two health records, minutes.</summary>
    [Range(0.01, 1440)]
    public double Minutes { get; set; } = 5;

    /// <summary>File with the processor's temperature in thousandths of a degree.</summary>
    [LocalOnly]
    public string TemperatureFile { get; set; } = "/sys/class/thermal/thermal_zone0/temp";
}
