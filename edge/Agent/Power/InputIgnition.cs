using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ThreeOneOne.Field.Agent.Drivers;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>Ignition as a key of an input device (<c>gpio-keys</c>, a USB contact): held down while it is on.</summary>
internal sealed partial class InputIgnition(string device, int code, TimeProvider time) : IIgnitionSource
{
    // KEY_MAX of linux/input-event-codes.h.
    private const int Keys = 0x300;

    // _IOR('E', 0x18, 96 bytes) of linux/input.h: the keys that are down.
    private static readonly nuint GetKeys = 0x8060_4518;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly SourceMeter meter = new(double.MaxValue, time);

    public SourceHealth Health => meter.Health;

    public IAsyncEnumerable<bool> ReadAsync(CancellationToken stop) => DriverThread.ReadAsync<bool>("ignition", Listen, meter.Missing, meter.Turned, stop);

    private void Listen(Action<bool> give, CancellationToken stop)
    {
        using var file = Open();
        var record = new byte[64 * InputEvent.Bytes];
        bool? last = null;
        while (!stop.IsCancellationRequested)
        {
            var level = IsDown(file.SafeFileHandle);
            if (level != last) give(level);
            meter.Gave(level == last ? 0 : 1);
            last = level;
            var wait = DriverFile.Wait(file.SafeFileHandle, Look);
            // The records only wake us: the keys' state is asked for, so that none that was lost matters.
            if (wait == DriverWait.Gone || (wait == DriverWait.Ready && file.Read(record) == 0)) throw new IOException($"{device}: it has gone");
            meter.Turned();
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{device}: {e.Message}: is the user in the group 'input'?", e);
        }
    }

    private bool IsDown(SafeFileHandle file)
    {
        Span<byte> keys = stackalloc byte[Keys / 8];
        if (Control(file, GetKeys, ref MemoryMarshal.GetReference(keys)) < 0) throw new IOException($"{device}: it is no input device: {Marshal.GetLastPInvokeErrorMessage()}");
        return (keys[code / 8] >> (code % 8) & 1) == 1;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle device, nuint request, ref byte argument);
}
