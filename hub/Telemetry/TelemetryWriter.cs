using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Coverage;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>
/// Delivers to the store, beside everything else: measurements that wait, and street hours from the database, which remembers
/// which of them the store has, so that none is lost to a store or a hub that was down. The same hour again takes the earlier one's place.
/// </summary>
public sealed class TelemetryWriter(
    TelemetryOptions options, TimeSeriesClient client, TelemetryWaiting waiting, StreetPoints streets, Database database, TimeProvider time, ILogger<TelemetryWriter> log)
    : BackgroundService
{
    private volatile TelemetryState state = new();

    public TelemetryState State => state;

    /// <summary>Delivers all there is.</summary>
    /// <returns>Null when it is delivered; otherwise why not, and for how long the store wants to be left alone.</returns>
    public async Task<Delivery?> DeliverAsync(CancellationToken cancel) =>
        await DrainAsync(waiting.Fleet, aboutVehicles: false, cancel).ConfigureAwait(false)
        ?? await DrainAsync(waiting.Vehicles, aboutVehicles: true, cancel).ConfigureAwait(false)
        ?? await StreetsAsync(cancel).ConfigureAwait(false);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, the points are still there with the next delivery.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.IsOn) return;
        var pause = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause > TimeSpan.Zero ? pause : options.SendEvery, time, stoppingToken).ConfigureAwait(false);
            try
            {
                if (await DeliverAsync(stoppingToken).ConfigureAwait(false) is { } failed)
                {
                    pause = Longer(pause, failed.Pause);
                    log.NotDelivered(failed.Cause ?? "", pause);
                }
                else
                {
                    if (pause > TimeSpan.Zero) log.DeliversAgain();
                    pause = TimeSpan.Zero;
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pause = Longer(pause, null);
                log.Failed(e, pause);
            }
        }
    }

    private TimeSpan Longer(TimeSpan pause, TimeSpan? wished)
    {
        var longer = pause > TimeSpan.Zero ? pause * 2 : options.FirstBackOff;
        if (wished is { } wish && wish > longer) longer = wish;
        return longer < options.LongestBackOff ? longer : options.LongestBackOff;
    }

    private async Task<Delivery?> DrainAsync(SamplesWaiting queue, bool aboutVehicles, CancellationToken cancel)
    {
        while (true)
        {
            var (from, points) = queue.Peek(options.BatchPoints);
            if (points.Count == 0) return null;
            if (await SendAsync(points, aboutVehicles, cancel).ConfigureAwait(false) is { } failed) return failed;
            queue.Remove(from, points.Count);
        }
    }

    private async Task<Delivery?> StreetsAsync(CancellationToken cancel)
    {
        while (true)
        {
            var hours = await database.ReadAsync(c => CoverageStore.Unsent(c, options.BatchPoints), cancel).ConfigureAwait(false);
            if (hours.Count == 0) return null;
            if (await SendAsync([.. hours.Select(streets.Of)], aboutVehicles: false, cancel).ConfigureAwait(false) is { } failed) return failed;
            var done = 0;
            await database.WriteInSlicesAsync(scope =>
            {
                while (done < hours.Count && !scope.MustYield) CoverageStore.MarkSent(scope, hours[done++]);
                return done < hours.Count;
            }, cancel).ConfigureAwait(false);
            if (hours.Count < options.BatchPoints) return null;
        }
    }

    /// <returns>Null when the points are done with: taken, or refused for good.</returns>
    private async Task<Delivery?> SendAsync(IReadOnlyList<Point> points, bool aboutVehicles, CancellationToken cancel)
    {
        var delivery = await client.SendAsync(points, aboutVehicles, cancel).ConfigureAwait(false);
        var now = time.GetUtcNow();
        switch (delivery.Outcome)
        {
            case Delivery.Fate.Taken:
                state = state with { Delivered = state.Delivered + points.Count, LastDelivery = now, FailingSince = null, Cause = null };
                return null;
            case Delivery.Fate.Refused when points.Count > 1:
                // One bad point must not take the others with it.
                return await SendAsync([.. points.Take(points.Count / 2)], aboutVehicles, cancel).ConfigureAwait(false)
                    ?? await SendAsync([.. points.Skip(points.Count / 2)], aboutVehicles, cancel).ConfigureAwait(false);
            case Delivery.Fate.Refused:
                log.Refused(points.Count, delivery.Cause ?? "");
                state = state with { Refused = state.Refused + points.Count, RefusedBecause = delivery.Cause };
                return null;
            default:
                state = state with { FailingSince = state.FailingSince ?? now, Cause = delivery.Cause };
                return delivery;
        }
    }
}
