using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Brings each vehicle the orders it should hold: at once when they change or when it reports another version, and again
/// at an interval until it reports the one meant. What is dropped here the next round finds.
/// </summary>
public sealed class SendOrders(
    Database database, VehicleStatuses statuses, Downlink downlink, OrdersInbox inbox, WorkOrdersOptions options, TimeProvider time,
    ILogger<SendOrders> log)
    : BackgroundService
{
    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        statuses.Changed += inbox.Look;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.ResendSeconds), time);
        var round = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var knock = inbox.Due.WaitToReadAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAny(round, knock).ConfigureAwait(false);
                if (knock.IsCompleted)
                {
                    var vehicles = new HashSet<string>();
                    while (inbox.Due.TryRead(out var vehicle)) vehicles.Add(vehicle);
                    foreach (var vehicle in vehicles) await BringAsync(vehicle, stoppingToken).ConfigureAwait(false);
                    knock = inbox.Due.WaitToReadAsync(stoppingToken).AsTask();
                }

                if (!round.IsCompleted) continue;
                round = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                var meant = await database.ReadAsync(VehicleOrdersStore.All, stoppingToken).ConfigureAwait(false);
                foreach (var (vehicle, _) in meant.Where(v => statuses.Find(v.Vehicle).Status?.OrdersVersion != v.Version))
                    await BringAsync(vehicle, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(e);
            }
        }
    }

    private async Task BringAsync(string vehicle, CancellationToken cancel)
    {
        var known = statuses.Find(vehicle);
        if (!known.Online) return;
        var held = known.Status?.OrdersVersion ?? 0;
        var state = await database.ReadAsync(c => VehicleOrdersStore.State(c, vehicle), cancel).ConfigureAwait(false);
        if (held > (state?.StateVersion ?? 0))
        {
            // The vehicle holds what this database never gave it (a restored hub): go past it. The new version knocks again.
            await database.WriteAsync(scope => VehicleOrdersStore.Bump(scope, vehicle, held), WritePriority.Interactive, cancel).ConfigureAwait(false);
            return;
        }

        if (state is null || held == state.StateVersion) return;
        await downlink.SendAsync(vehicle, Lane.Orders, WireCodec.Encode(state, WireJson.Default.OrdersState), cancel).ConfigureAwait(false);
    }
}
