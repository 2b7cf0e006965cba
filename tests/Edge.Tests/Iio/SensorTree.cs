using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using ThreeOneOne.Field.Agent.Iio;

namespace ThreeOneOne.Field.Edge.Tests.Iio;

/// <summary>
/// A tree of plain files in place of sysfs, with a pipe for the buffer: what a kernel's driver shows, without one. That a real driver shows the
/// same is for the guest's tests.
/// </summary>
internal sealed class SensorTree : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, FileStream> pipes = [];

    public SensorTree()
    {
        Directory.CreateDirectory(folder["devices"]);
        Directory.CreateDirectory(folder["dev"]);
    }

    public IioBus Bus => new(folder["devices"], folder["dev"]);

    public string this[string file] => File.ReadAllText(Path.Combine(folder["devices"], file)).Trim();

    public void Put(string file, string value)
    {
        var path = Path.Combine(folder["devices"], file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, value + "\n");
    }

    /// <summary>A sensor of six axes as bmi160's driver shows it, little end first, with times.</summary>
    public void Bmi160(string device = "iio:device1", string name = "bmi160")
    {
        Put($"{device}/name", name);
        Put($"{device}/in_accel_x_raw", "0");
        Put($"{device}/in_accel_scale", "0.000598");
        Put($"{device}/in_accel_sampling_frequency", "100");
        Put($"{device}/in_accel_sampling_frequency_available", "25 50 100 200 400 800 1600");
        Put($"{device}/current_timestamp_clock", "realtime");
        Put($"{device}/buffer/enable", "0");
        Put($"{device}/buffer/length", "2");
        Put($"{device}/buffer/watermark", "1");
        string[] channels = ["in_anglvel_x", "in_anglvel_y", "in_anglvel_z", "in_accel_x", "in_accel_y", "in_accel_z"];
        for (var i = 0; i < channels.Length; i++) Channel(device, channels[i], i, "le:s16/16>>0");
        Channel(device, "in_timestamp", channels.Length, "le:s64/64>>0");
        using var made = Process.Start("mkfifo", Path.Combine(folder["dev"], device));
        made.WaitForExit();
    }

    public void Channel(string device, string channel, int index, string type)
    {
        Put($"{device}/scan_elements/{channel}_en", "0");
        Put($"{device}/scan_elements/{channel}_index", index.ToString(CultureInfo.InvariantCulture));
        Put($"{device}/scan_elements/{channel}_type", type);
    }

    /// <summary>Scans of three axes and a time, as <see cref="Bmi160"/>'s buffer gives them: the axes, two bytes of nothing, the time.</summary>
    public void Fill(IEnumerable<(short X, short Y, short Z, TimeSpan Monotonic)> scans, string device = "iio:device1")
    {
        if (!pipes.TryGetValue(device, out var pipe)) pipes[device] = pipe = new FileStream(Path.Combine(folder["dev"], device), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        var bytes = scans.SelectMany(s =>
        {
            var scan = new byte[16];
            BinaryPrimitives.WriteInt16LittleEndian(scan, s.X);
            BinaryPrimitives.WriteInt16LittleEndian(scan.AsSpan(2), s.Y);
            BinaryPrimitives.WriteInt16LittleEndian(scan.AsSpan(4), s.Z);
            BinaryPrimitives.WriteInt64LittleEndian(scan.AsSpan(8), s.Monotonic.Ticks * TimeSpan.NanosecondsPerTick);
            return scan;
        }).ToArray();
        pipe.Write(bytes);
    }

    public void Unplug(string device = "iio:device1") => Directory.Delete(Path.Combine(folder["devices"], device), recursive: true);

    public void Dispose()
    {
        foreach (var pipe in pipes.Values) pipe.Dispose();
        folder.Dispose();
    }
}
