using System.Globalization;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>A chip of the kernel's i2c-stub: registers that a real driver reads and writes as it would a sensor's. Unplugged when disposed.</summary>
internal sealed class StubChip : IDisposable
{
    private const string Bus = "/sys/bus/i2c/devices/i2c-0";

    private readonly int address;
    private bool plugged;

    public StubChip(int address) => this.address = address;

    public void Set(int register, int value) =>
        Shell.Run("/usr/sbin/i2cset", "-y", "-f", "0", Hex(address), Hex(register), Hex(value), "b");

    public void SetWord(int register, int value) =>
        Shell.Run("/usr/sbin/i2cset", "-y", "-f", "0", Hex(address), Hex(register), string.Create(CultureInfo.InvariantCulture, $"0x{value & 0xffff:x4}"), "w");

    /// <summary>A little-endian number of 16 bits in two registers.</summary>
    public void Set16(int register, short value)
    {
        Set(register, value & 0xff);
        Set(register + 1, (value >> 8) & 0xff);
    }

    /// <summary>The driver binds to it.</summary>
    /// <returns>The folder of the sensor that the driver shows.</returns>
    public string Plug(string driver)
    {
        File.WriteAllText($"{Bus}/new_device", $"{driver} {Hex(address)}");
        plugged = true;
        var folder = $"/sys/bus/i2c/devices/0-{address:x4}";
        return Directory.EnumerateDirectories(folder, "iio:device*").Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new InvalidOperationException($"{driver} did not bind to {Hex(address)}: {Shell.Run("dmesg").TrimEnd().Split('\n')[^1]}");
    }

    public void Unplug()
    {
        File.WriteAllText($"{Bus}/delete_device", Hex(address));
        plugged = false;
    }

    public void Dispose()
    {
        if (plugged) Unplug();
    }

    private static string Hex(int value) => string.Create(CultureInfo.InvariantCulture, $"0x{value & 0xff:x2}");
}
