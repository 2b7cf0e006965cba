using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Uplink;

namespace ThreeOneOne.Field.Agent;

/// <summary>The loops of a vehicle that are no room's own.</summary>
public sealed partial class VehicleAgent
{
    private async Task ReadDownlinkAsync(CancellationToken stop)
    {
        await commands.RecoverAsync(stop).ConfigureAwait(false);
        await downlink.RunAsync(stop).ConfigureAwait(false);
    }

    private async Task ReadFixesAsync(CancellationToken stop)
    {
        if (parts.Fixes is null) return;
        var steady = new SteadyFixes();
        await foreach (var fix in parts.Fixes.ReadAsync(stop).ConfigureAwait(false))
            Fixes.Publish(steady.Next(fix, new StandingSigns(stillness.SecondsAt(fix.FixTime), power.IsOn)));
    }

    private async Task TendTracksAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(tracks.Beat);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false)) await tracks.TendAsync(stop).ConfigureAwait(false);
    }

    private async Task WatchLinkAsync(CancellationToken stop)
    {
        await foreach (var change in publisher.Events(stop).ConfigureAwait(false))
        {
            if (change.Connected) log.Connected();
            else log.NotConnected(change.Reason ?? "no reason given");
            // Each try that fails says so again: the first counts.
            if (change.Connected) Interlocked.Exchange(ref cutSinceMs, 0);
            else Interlocked.CompareExchange(ref cutSinceMs, Clock.Now.ToUnixTimeMilliseconds(), 0);
            durable.OnConnectionChange();
            files.OnConnectionChange();
            Console.Changes.Raise();
            if (change.Connected) status.Changed();
        }
    }

    private async Task DrainAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.Uplink.DrainSeconds));
        try
        {
            await Outbox.FlushAsync(late.Token).ConfigureAwait(false);
            while (publisher.IsConnected && Outbox.Counts.Records > 0) await Task.Delay(20, late.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or OutboxException)
        {
            // What is left is on disk and leaves at the next start.
        }

        using var goodbye = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await status.SayGoodbyeAsync(goodbye.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The last will says it.
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A bug in one room must not end the vehicle; it is logged and the loop starts again.")]
    private async Task KeepAsync(string name, Func<CancellationToken, Task> loop, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await loop(stop).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LoopFailed(name, e);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
