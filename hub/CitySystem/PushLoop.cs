using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Runs the worker: when something was queued, when something is due, and every few seconds.</summary>
public sealed class PushLoop(PushWorker worker, PushBell bell, TimeProvider time, ILogger<PushLoop> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again: the rows are still there.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await worker.RunDueAsync(stoppingToken).ConfigureAwait(false) > 0)
                {
                }

                var next = await worker.NextDueAsync(stoppingToken).ConfigureAwait(false);
                var wait = next is null ? Idle : next.Value - time.GetUtcNow();
                await bell.WaitAsync(wait < Least ? Least : wait > Idle ? Idle : wait, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(e);
                await Task.Delay(Idle, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }
}
