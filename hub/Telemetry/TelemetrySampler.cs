using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>Measures at a steady pace.</summary>
public sealed class TelemetrySampler(TelemetryOptions options, Measure measure, TelemetryWaiting waiting, TimeProvider time, ILogger<TelemetrySampler> log) : BackgroundService
{
    public async Task SampleAsync(CancellationToken cancel)
    {
        foreach (var point in await measure.AllAsync(cancel).ConfigureAwait(false)) waiting.Fleet.Add(point);
        foreach (var point in measure.Vehicles()) waiting.Vehicles.Add(point);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A measurement that fails must not end the ones after it.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.IsOn) return;
        using var timer = new PeriodicTimer(options.SampleEvery, time);
        do
        {
            try
            {
                await SampleAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.NotMeasured(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
