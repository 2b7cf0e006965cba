using System.Buffers.Binary;
using System.Globalization;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>
/// A chip on the bus of tests/Kernel/chips: plain I2C, described in the guest's device tree, so that the drivers bind that a stub cannot have, with
/// their interrupts. Unplugged when disposed.
/// </summary>
/// <param name="driver">The driver's name on the bus of I2C.</param>
/// <param name="address">As in the device tree.</param>
/// <param name="wide">Its registers are words, low byte first.</param>
internal sealed class WiredChip(string driver, int address, bool wide = false) : IDisposable
{
    private const string Bus = "/sys/devices/platform/chips";
    private const int Room = 512;

    private readonly string name = FindName(address);
    private bool bound;

    /// <summary>The driver binds to it: its registers must say what the driver looks for.</summary>
    /// <returns>The folder of the sensor that the driver shows.</returns>
    public string Plug()
    {
        Wire(true);
        File.WriteAllText($"/sys/bus/i2c/drivers/{driver}/bind", name);
        bound = true;
        return Directory.EnumerateDirectories($"/sys/bus/i2c/devices/{name}", "iio:device*").Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new InvalidOperationException($"{driver} did not bind to {name}: {Shell.Run("dmesg").TrimEnd().Split('\n')[^1]}");
    }

    /// <summary>The wire itself: without it nobody answers, and the driver stays, as on a board.</summary>
    public void Wire(bool there) => Write("plugged", address, [(byte)(!there ? 0 : wide ? 2 : 1)]);

    public void Set(int register, params ReadOnlySpan<byte> bytes) => Write("registers", address * Room + register * (wide ? 2 : 1), bytes);

    /// <summary>A number of 16 bits, low byte first.</summary>
    public void SetLow(int register, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        Set(register, bytes);
    }

    /// <summary>A number of 16 bits, high byte first.</summary>
    public void SetHigh(int register, int value) => SetLow(register, BinaryPrimitives.ReverseEndianness((ushort)value));

    /// <summary>A byte that the driver wrote.</summary>
    public byte this[int register]
    {
        get
        {
            using var file = new FileStream($"{Bus}/registers", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
            file.Position = address * Room + register * (wide ? 2 : 1);
            return (byte)file.ReadByte();
        }
    }

    public void Unplug()
    {
        File.WriteAllText($"/sys/bus/i2c/drivers/{driver}/unbind", name);
        bound = false;
        Wire(false);
    }

    public void Dispose()
    {
        if (bound) Unplug();
        else Wire(false);
    }

    private static void Write(string file, int at, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream($"{Bus}/{file}", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        stream.Position = at;
        stream.Write(bytes);
    }

    private static string FindName(int address)
    {
        var ending = string.Create(CultureInfo.InvariantCulture, $"-{address:x4}");
        return Path.GetFileName(Directory.EnumerateFileSystemEntries("/sys/bus/i2c/devices").Single(d => d.EndsWith(ending, StringComparison.Ordinal) && Path.Exists($"{d}/of_node")));
    }
}
