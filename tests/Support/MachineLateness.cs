using System.Diagnostics;

namespace ThreeOneOne.Field.Support;

/// <summary>
/// How late this machine is by itself: the worst delay of a beat that does nothing. A promise of speed is the product's; what a
/// busy machine adds to each wait is not, and is given to the promise by the tests that measure one.
/// </summary>
public sealed class MachineLateness : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly Task beating;
    private long worst;

    private MachineLateness() => beating = BeatAsync();

    /// <summary>The worst one since the beginning.</summary>
    public TimeSpan Worst => TimeSpan.FromTicks(Volatile.Read(ref worst));

    /// <summary>Watches until disposed.</summary>
    public static MachineLateness Watch() => new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await beating.ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task BeatAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(Beat, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var late = Stopwatch.GetElapsedTime(began) - Beat;
            if (late.Ticks > worst) Volatile.Write(ref worst, late.Ticks);
        }
    }
}
