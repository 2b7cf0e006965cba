using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>The accelerometer on the I2C bus.</summary>
public sealed class HardwareAccelerometer
{
    /// <summary>The kernel's driver and model: lsm6ds3, lsm6dso, mpu6050, mpu9250, bmi160, adxl345. Empty: none is wired.</summary>
    [RegularExpression("^(|lsm6ds3|lsm6dso|mpu6050|mpu9250|bmi160|adxl345)$")]
    public string Driver { get; set; } = "";

    /// <summary>Address on the bus, 7 bits (104 is 0x68).</summary>
    [Range(3, 119)]
    public int Address { get; set; } = 104;

    /// <summary>GPIO number (BCM) that its interrupt is wired to; 0: not wired, and a trigger must be named.</summary>
    [Range(0, 27)]
    public int InterruptPin { get; set; } = 4;
}
