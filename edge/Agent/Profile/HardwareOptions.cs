using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>
/// What is wired to the vehicle's computer and needs the kernel's drivers. Settings section <c>Hardware</c>. The agent opens what the
/// other sections name, pins by their lines among it; from this one <c>field-hub profile render</c> writes the device-tree lines.
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

    /// <summary>GPIO number (BCM) of the lamp that answers, a LED of the kernel called <c>field</c>; 0: none.</summary>
    [Range(0, 27)]
    public int LampPin { get; set; }
}
