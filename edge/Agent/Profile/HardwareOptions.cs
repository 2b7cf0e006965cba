using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>
/// What is wired to the vehicle's computer. Settings section <c>Hardware</c>. The agent opens what the other sections name; from
/// this one <c>field-hub profile render</c> writes the device-tree lines, and a technician reads what goes where.
/// </summary>
public sealed class HardwareOptions
{
    /// <summary>What the board is.</summary>
    public HardwareBoard Board { get; set; } = HardwareBoard.RaspberryPi4;

    public HardwareAccelerometer Accelerometer { get; set; } = new();

    public HardwareLight Light { get; set; } = new();

    public HardwareReceiver Receiver { get; set; } = new();

    /// <summary>Speed of the I2C bus, Hz.</summary>
    [Range(10_000, 1_000_000)]
    public int I2cHz { get; set; } = 400_000;

    /// <summary>GPIO number (BCM) of each named line: <c>button</c>, <c>lamp</c>, <c>ignition</c>, <c>gnss-pps</c>, or a name of the city's own.</summary>
    public Dictionary<string, int> Pins { get; set; } = [];

    /// <summary>Names of <see cref="Pins"/> that are connected to ground when active; the others are to 3.3 V.</summary>
    public string[] ActiveLow { get; set; } = [];

    /// <summary>How long the supply must hold after the ignition goes off so that the computer ends in order, seconds.</summary>
    [Range(0, 3600)]
    public double HoldUpSeconds { get; set; } = 60;
}
