using System.Globalization;
using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Agent.Iio;

/// <summary>A sensor's buffer while it fills: the kernel stamps each scan when it was measured, and wakes us for many at once.</summary>
internal sealed partial class IioBuffer : IDisposable
{
    public const string Timestamp = "in_timestamp";

    private const short PollIn = 1;
    private const int Interrupted = 4;
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

    /// <summary>Sets the buffer up and lets it fill.</summary>
    /// <param name="device">The sensor.</param>
    /// <param name="channels">Channels that are wanted; the time of each scan comes with them where the driver has it.</param>
    /// <param name="watermark">Scans that wake us together.</param>
    /// <exception cref="IioException">The kernel refuses something; says what.</exception>
    public static IioBuffer Open(IioDevice device, IReadOnlyCollection<string> channels, int watermark)
    {
        // Whoever had it before may have ended without a word.
        device.Write("buffer/enable", "0");
        if (device.Has("current_timestamp_clock")) device.Write("current_timestamp_clock", "monotonic");
        List<IioElement> enabled = [];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(device.Folder, Elements), "*_en"))
        {
            var channel = Path.GetFileName(file)[..^"_en".Length];
            var wanted = channel == Timestamp || channels.Contains(channel);
            device.Write($"{Elements}/{channel}_en", wanted ? "1" : "0");
            if (wanted) enabled.Add(IioElement.Parse(channel, device.Text($"{Elements}/{channel}_index"), device.Text($"{Elements}/{channel}_type")));
        }

        var scan = new IioScan(enabled);
        foreach (var channel in channels)
        {
            if (!scan.Has(channel)) throw new IioException($"{device.Folder} has no buffered channel {channel}: its driver needs its interrupt wire, or a trigger");
        }

        device.Write("buffer/length", Scans.ToString(CultureInfo.InvariantCulture));
        if (device.Has("buffer/watermark")) device.Write("buffer/watermark", watermark.ToString(CultureInfo.InvariantCulture));
        device.Write("buffer/enable", "1");
        try
        {
            return new IioBuffer(device, scan, new FileStream(device.Node, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IioException($"{device.Node} does not open: {e.Message}");
        }
    }

    /// <summary>Waits for scans.</summary>
    /// <param name="longest">How long.</param>
    /// <param name="scans">Whole scans, valid until the next call; empty when none came in time.</param>
    /// <returns>False when the sensor is gone.</returns>
    public bool Read(TimeSpan longest, out ReadOnlySpan<byte> scans)
    {
        scans = [];
        var wait = new PollFile { Descriptor = (int)node.SafeFileHandle.DangerousGetHandle(), Wanted = PollIn };
        if (Poll(ref wait, 1, (int)longest.TotalMilliseconds) < 0) return Marshal.GetLastPInvokeError() == Interrupted;
        // A sensor that was unplugged says nothing; only its folder is gone.
        if ((wait.Got & PollIn) == 0) return wait.Got == 0 && device.IsThere;
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
            device.Write("buffer/enable", "0");
        }
        catch (IioException)
        {
            // It is gone.
        }
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollFile files, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int Descriptor;
        public short Wanted;
        public short Got;
    }
}
