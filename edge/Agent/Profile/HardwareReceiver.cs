using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>The GNSS receiver.</summary>
public sealed class HardwareReceiver
{
    /// <summary>USB vendor and product as four hex digits each, <c>1546:01a8</c> for a u-blox 8; empty: it is on the board's serial port.</summary>
    [RegularExpression("^([0-9a-f]{4}:[0-9a-f]{4})?$")]
    public string Usb { get; set; } = "";

    /// <summary>Speed of the serial port, bit/s; for USB without meaning.</summary>
    [Range(4_800, 921_600)]
    public int Baud { get; set; } = 9_600;

    /// <summary>GPIO number (BCM) that its pulse each second (PPS) is wired to; 0: not wired.</summary>
    [Range(0, 27)]
    public int PulsePin { get; set; }
}
