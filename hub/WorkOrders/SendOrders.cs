using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Brings each vehicle the orders it should hold: at once when they change or when it reports another version, and again
/// at an interval until it reports the one meant. What is dropped here the next round finds.
/// </summary>
public sealed class SendOrders(
    Database database, VehicleStatuses statuses, Downlink downlink, DownlinkEra era, OrdersInbox inbox, WorkOrdersOptions options, TimeProvider time,
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
                foreach (var (vehicle, _) in meant.Where(v => Held(statuses.Find(v.Vehicle).Status) != v.Version))
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
        await NoteDeliveryAsync(vehicle, known.Status, cancel).ConfigureAwait(false);
        if (!known.Online) return;
        var held = known.Status?.OrdersVersion ?? 0;
        var state = await database.ReadAsync(c => VehicleOrdersStore.State(c, vehicle, era.Name), cancel).ConfigureAwait(false);
        // It holds what this store never gave it: orders of another hub that this one knows nothing of, or a version from before a
        // restore, which only an agent that knows no eras would not give up.
        if (state is null ? held > 0 : held > state.StateVersion && IsOfThisEra(known.Status))
        {
            // Go past it. The new version knocks again.
            await database.WriteAsync(scope => VehicleOrdersStore.Bump(scope, vehicle, held), WritePriority.Interactive, cancel).ConfigureAwait(false);
            return;
        }

        if (state is null || Held(known.Status) == state.StateVersion) return;
        await downlink.SendAsync(vehicle, Lane.Orders, WireCodec.Encode(state, WireJson.Default.OrdersState), cancel).ConfigureAwait(false);
    }

    /// <summary>The dispatcher sees what got to the vehicle and what the crew's screen has shown.</summary>
    private async Task NoteDeliveryAsync(string vehicle, VehicleStatus? status, CancellationToken cancel)
    {
        if (status is null) return;
        var (held, seen) = IsOfThisEra(status) ? (status.OrdersVersion, status.OrdersSeen) : (0, 0);
        var changed = await database.ReadAsync(c => VehicleOrdersStore.Undelivered(c, null, vehicle, held, seen), cancel).ConfigureAwait(false);
        if (changed.Count == 0) return;
        await database.WriteAsync(scope =>
        {
            foreach (var (order, delivery) in VehicleOrdersStore.Undelivered(scope.Connection, scope.Transaction, vehicle, held, seen))
            {
                VehicleOrdersStore.SetDelivery(scope, order, delivery);
                var now = OrderStore.Find(scope, order)!;
                scope.Raise(new OrderChanged(now.ToSummary(now.Crew is { } crew ? CrewStore.FindSummary(scope, crew)?.Name ?? crew : null)));
            }
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
    }

    /// <summary>The version of this hub's orders that the vehicle holds; 0 for those of another.</summary>
    private long Held(VehicleStatus? status) => IsOfThisEra(status) ? status?.OrdersVersion ?? 0 : 0;

    // An agent that knows no eras reports none.
    private bool IsOfThisEra(VehicleStatus? status) => status?.OrdersEra is null || status.OrdersEra == era.Name;
}
