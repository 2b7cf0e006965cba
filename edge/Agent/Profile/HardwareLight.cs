using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>The light sensor on the I2C bus.</summary>
public sealed class HardwareLight
{
    /// <summary>The kernel's driver and model: bh1750, veml7700, tsl2591. Empty: none is wired.</summary>
    [RegularExpression("^(|bh1750|veml7700|tsl2591)$")]
    public string Driver { get; set; } = "";

    /// <summary>Address on the bus, 7 bits (35 is 0x23).</summary>
    [Range(3, 119)]
    public int Address { get; set; } = 35;
}
