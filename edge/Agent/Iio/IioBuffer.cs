using System.Globalization;
using ThreeOneOne.Field.Agent.Drivers;

namespace ThreeOneOne.Field.Agent.Iio;

/// <summary>A sensor's buffer while it fills: the kernel stamps each scan when it was measured, and wakes us for many at once.</summary>
internal sealed class IioBuffer : IDisposable
{
    public const string Timestamp = "in_timestamp";

    private const string Enable = "buffer/enable";
    private const string CurrentTrigger = "trigger/current_trigger";
    private const int Scans = 512;
    private const string Elements = "scan_elements";

    private readonly IioDevice device;
    private readonly FileStream node;
    private readonly byte[] bytes;

    private IioBuffer(IioDevice device, IioScan scan, FileStream node)
    {
        (this.device, Scan, this.node) = (device, scan, node);
        bytes = new byte[scan.Bytes * Scans];
    }

    public IioScan Scan { get; }

    public static bool IsIn(IioDevice device) => device.Has(Enable);

    /// <summary>Ends a buffer that fills: whoever had it before may have ended without a word, and a sensor that fills one takes no settings.</summary>
    /// <exception cref="IioException">The sensor has none.</exception>
    public static void Rest(IioDevice device)
    {
        if (!IsIn(device)) throw new IioException($"the sensor '{device.Text("name")}' has no buffer: its driver needs the wire of its interrupt (INT), and its device tree must name the pin; where the driver never has one (adxl345), set Motion:Polled true");
        device.Write(Enable, "0");
    }

    /// <summary>Sets the buffer up and lets it fill.</summary>
    /// <param name="device">The sensor.</param>
    /// <param name="channels">Channels that are wanted; the time of each scan comes with them where the driver has it.</param>
    /// <param name="watermark">Scans that wake us together.</param>
    /// <exception cref="IioException">The kernel refuses something; says what.</exception>
    public static IioBuffer Open(IioDevice device, IReadOnlyCollection<string> channels, int watermark)
    {
        Rest(device);
        if (device.Has("current_timestamp_clock")) device.Write("current_timestamp_clock", "monotonic");
        List<IioElement> enabled = [];
        List<string> offered = [];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(device.Folder, Elements), "*_en").Order(StringComparer.Ordinal))
        {
            var channel = Path.GetFileName(file)[..^"_en".Length];
            offered.Add(channel);
            var wanted = channel == Timestamp || channels.Contains(channel);
            device.Write($"{Elements}/{channel}_en", wanted ? "1" : "0");
            if (wanted) enabled.Add(IioElement.Parse(channel, device.Text($"{Elements}/{channel}_index"), device.Text($"{Elements}/{channel}_type")));
        }

        var scan = new IioScan(enabled);
        foreach (var channel in channels)
        {
            if (!scan.Has(channel)) throw new IioException($"the sensor '{device.Text("name")}' has no buffered channel {channel}, but {string.Join(", ", offered)}");
        }

        device.Write("buffer/length", Scans.ToString(CultureInfo.InvariantCulture));
        if (device.Has("buffer/watermark")) device.Write("buffer/watermark", watermark.ToString(CultureInfo.InvariantCulture));
        if (device.Text(CurrentTrigger) is "") throw new IioException($"nothing makes the sensor '{device.Text("name")}' measure: wire its interrupt (INT), or name a trigger in Motion:Trigger");
        device.Write(Enable, "1");
        try
        {
            return new IioBuffer(device, scan, new FileStream(device.Node, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IioException($"{device.Node} does not open: {e.Message} (is its udev rule installed, and the user in its group? does another program read it?)");
        }
    }

    /// <summary>Waits for scans.</summary>
    /// <param name="longest">How long.</param>
    /// <param name="scans">Whole scans, valid until the next call; empty when none came in time.</param>
    /// <returns>False when the sensor is gone.</returns>
    public bool Read(TimeSpan longest, out ReadOnlySpan<byte> scans)
    {
        scans = [];
        var wait = DriverFile.Wait(node.SafeFileHandle, longest);
        // A sensor that was unplugged says nothing; only its folder is gone.
        if (wait != DriverWait.Ready) return wait == DriverWait.Nothing && device.IsThere;
        try
        {
            var read = node.Read(bytes);
            scans = bytes.AsSpan(0, read / Scan.Bytes * Scan.Bytes);
            return read > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        node.Dispose();
        try
        {
            device.Write(Enable, "0");
        }
        catch (IioException)
        {
            // It is gone.
        }
    }
}
