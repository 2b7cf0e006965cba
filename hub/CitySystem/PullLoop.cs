using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Pulls whenever it is time.</summary>
public sealed class PullLoop(PullWorker worker, TimeProvider time, ILogger<PullLoop> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await worker.RunDueAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(e);
            }

            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(false);
        }
    }
}
