using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ThreeOneOne.Field.Agent.Drivers;

/// <summary>A device of the kernel on a thread of its own, because its driver answers when it has measured; opened again for ever when it fails.</summary>
internal static class DriverThread
{
    // About ten seconds of blocks: a consumer that is stuck for longer loses the oldest.
    private const int Kept = 64;

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);

    /// <param name="name">Name of the thread.</param>
    /// <param name="measure">Opens the sensor and gives its readings until it is gone or the token is cancelled.</param>
    /// <param name="missing">Told why the sensor gives nothing (any more).</param>
    /// <param name="turned">Told each time the sensor is opened; <paramref name="measure"/> tells it in between.</param>
    /// <param name="stop">Ends the thread.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        string name, Action<Action<T>, CancellationToken> measure, Action<string> missing, Action turned, [EnumeratorCancellation] CancellationToken stop)
    {
        var readings = Channel.CreateBounded<T>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var thread = new Thread(() => Run(measure, missing, turned, readings.Writer, ended.Token)) { IsBackground = true, Name = name };
        thread.Start();
        try
        {
            await foreach (var reading in readings.Reader.ReadAllAsync(stop).ConfigureAwait(false)) yield return reading;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            // It looks at the token several times a second; the sensor is off when it has ended.
            thread.Join();
        }
    }

    private static void Run<T>(Action<Action<T>, CancellationToken> measure, Action<string> missing, Action turned, ChannelWriter<T> readings, CancellationToken stop)
    {
        var backOff = FirstBackOff;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                turned();
                try
                {
                    measure(
                        reading =>
                        {
                            backOff = FirstBackOff;
                            readings.TryWrite(reading);
                        },
                        stop);
                }
                catch (IOException e)
                {
                    missing(e.Message);
                }

                stop.WaitHandle.WaitOne(backOff);
                backOff = TimeSpan.FromTicks(Math.Min(backOff.Ticks * 2, LongestBackOff.Ticks));
            }

            readings.Complete();
        }
        catch (Exception e)
        {
            // The reader throws it: a fault of the program must not end as a silent sensor.
            readings.Complete(e);
        }
    }
}
