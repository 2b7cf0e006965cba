using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>Runs the worker: when something was queued, and every few seconds for what waits its time out.</summary>
internal sealed class WebhookLoop(WebhookWorker worker, WebhookBell bell, TimeProvider time, ILogger<WebhookLoop> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

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

                await bell.WaitAsync(Idle, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(e);
                await Task.Delay(Idle, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }
}
