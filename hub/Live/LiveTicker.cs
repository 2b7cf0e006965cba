using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>Drives the feed, and ties it to what it shows.</summary>
public sealed class LiveTicker(
    LiveFeed feed, LiveTables tables, RequestMap map, LiveUnits units, LiveCounts counts, LivePositions positions, VehicleRegistry registry, VehicleStatuses statuses,
    Database database, LiveOptions options, TimeProvider time, ILogger<LiveTicker> log)
    : BackgroundService
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.ReadAsync(c =>
        {
            tables.Load(c, time.GetUtcNow());
            map.Load(c);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        positions.Received += units.Move;
        statuses.Changed += units.Touch;
        registry.Changed += Registered;
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        positions.Received -= units.Move;
        statuses.Changed -= units.Touch;
        registry.Changed -= Registered;
        return base.StopAsync(cancellationToken);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A tick that fails must not end the feed.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var counted = time.GetTimestamp();
        await counts.RefreshAsync(stoppingToken).ConfigureAwait(false);
        using var timer = new PeriodicTimer(options.Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                if (time.GetElapsedTime(counted) > CountEvery)
                {
                    counted = time.GetTimestamp();
                    await counts.RefreshAsync(stoppingToken).ConfigureAwait(false);
                }

                feed.Tick();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.TickFailed(e);
            }
        }
    }

    private void Registered(Vehicle vehicle) => units.Touch(vehicle.Id);
}
