using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ThreeOneOne.Field.Agent.Drivers;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>
/// A button that Linux offers as a key of an input device: by the driver <c>gpio-keys</c> on a Pi's pin, or a USB button. A device that is
/// not there or goes away is opened again for ever, with back-off.
/// </summary>
public sealed partial class InputButton(ButtonOptions options, TimeProvider time) : IButtonSource
{
    private const int ClockMonotonic = 1;

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);

    // _IOW('E', 0xa0, int) of linux/input.h.
    private static readonly nuint SetClock = 0x4004_45a0;

    // A button that nobody presses is well.
    private readonly SourceMeter meter = new(double.MaxValue, time);

    public SourceHealth Health => meter.Health;

    public async IAsyncEnumerable<ButtonEdge> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var backOff = FirstBackOff;
        while (true)
        {
            await using var device = await OpenAsync(stop).ConfigureAwait(false);
            if (device is not null)
            {
                var record = new byte[InputEvent.Bytes];
                while (await FillAsync(device, record, stop).ConfigureAwait(false))
                {
                    backOff = FirstBackOff;
                    var e = InputEvent.Read(record);
                    if (e.Type != InputEvent.Key || e.Value is not (0 or 1) || (options.Code != 0 && e.Code != options.Code)) continue;
                    meter.Gave();
                    yield return new ButtonEdge(e.Value == 1, e.AtMs);
                }
            }

            await Task.Delay(backOff, time, stop).ConfigureAwait(false);
            backOff = TimeSpan.FromTicks(Math.Min(backOff.Ticks * 2, LongestBackOff.Ticks));
        }
    }

    private async Task<FileStream?> OpenAsync(CancellationToken stop)
    {
        try
        {
            // Opening may wait, as reading may: for a pipe's other end.
            var device = await Task.Run(() => new FileStream(options.Source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, FileOptions.Asynchronous), stop)
                .WaitAsync(stop).ConfigureAwait(false);
            // The steady clock, so that setting the time does not make a short press long. What is no device keeps the times it was written with.
            var clock = ClockMonotonic;
            _ = Control(device.SafeFileHandle, SetClock, ref clock);
            meter.Heard();
            return device;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            meter.Missing($"{options.Source}: {e.Message}");
            return null;
        }
    }

    /// <returns>False when the device has gone.</returns>
    private async ValueTask<bool> FillAsync(FileStream device, byte[] record, CancellationToken stop)
    {
        try
        {
            for (var filled = 0; filled < record.Length;)
            {
                // A device's read cannot be cancelled while it waits for a byte; waiting for it can.
                var read = await device.ReadAsync(record.AsMemory(filled), stop).AsTask().WaitAsync(stop).ConfigureAwait(false);
                if (read == 0)
                {
                    meter.Missing($"{options.Source}: it has ended");
                    return false;
                }

                filled += read;
            }

            return true;
        }
        catch (IOException e)
        {
            meter.Missing($"{options.Source}: {e.Message}");
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(SafeFileHandle device, nuint request, ref int argument);
}
