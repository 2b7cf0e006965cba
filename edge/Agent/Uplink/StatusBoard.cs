using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Publishes what the vehicle holds: at every connect, when something changes, and at the end. Carries no place, so it may
/// leave off shift.
/// </summary>
/// <param name="options">How often counts are sent.</param>
/// <param name="topic">The vehicle's status topic.</param>
/// <param name="publisher">The link.</param>
/// <param name="gate">The shift.</param>
/// <param name="outbox">Epoch and unsent counts.</param>
/// <param name="clock">The time of the status.</param>
/// <param name="ignition">Whether the ignition is on; null for not known.</param>
/// <param name="unsentFileBytes">Bytes of attachments that the hub does not have.</param>
/// <param name="offline">How long it can go on alone.</param>
/// <param name="held">What the vehicle holds of the hub's state.</param>
public sealed class StatusBoard(
    UplinkOptions options,
    Topic topic,
    IPublisher publisher,
    ShiftGate gate,
    DiskOutbox outbox,
    DeviceClock clock,
    Func<bool?> ignition,
    Func<long> unsentFileBytes,
    Func<OfflineBudget> offline,
    Func<HeldState> held) : IDisposable
{
    internal static readonly string? AgentVersion = typeof(StatusBoard).Assembly.GetName().Version?.ToString(3);

    private readonly Wake wake = new();
    private volatile bool changed = true;

    /// <summary>What the broker publishes when the vehicle is gone without goodbye.</summary>
    public static WillMessage Will(Topic topic) =>
        new(topic.ToString(), WireCodec.Encode(new VehicleStatus { Online = false }, WireJson.Default.VehicleStatus), Retain: true);

    /// <summary>Something other than a count changed: say so at once.</summary>
    public void Changed()
    {
        changed = true;
        wake.Set();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        (int Records, int Actions, long FileBytes)? said = null;
        while (!stop.IsCancellationRequested)
        {
            await wake.WaitAsync(TimeSpan.FromSeconds(options.StatusSeconds), stop).ConfigureAwait(false);
            var counts = outbox.Counts;
            var now = (counts.Records, counts.Actions, unsentFileBytes());
            if (!publisher.IsConnected || (!changed && said == now)) continue;
            changed = false;
            if (await SayAsync(online: true, stop).ConfigureAwait(false)) said = now;
            else changed = true;
        }
    }

    /// <summary>Says goodbye; a broker publishes the last will only for those who do not.</summary>
    public async Task SayGoodbyeAsync(CancellationToken stop) => await SayAsync(online: false, stop).ConfigureAwait(false);

    public VehicleStatus Current(bool online)
    {
        var counts = outbox.Counts;
        var state = held();
        return new VehicleStatus
        {
            Online = online,
            Epoch = outbox.Epoch,
            AgentVersion = AgentVersion,
            DeviceTime = clock.Now,
            Ignition = ignition(),
            Shift = gate.State,
            ShiftId = gate.Shift?.Id,
            Crew = gate.Shift?.Crew,
            OrdersVersion = state.Orders,
            OrdersEra = state.OrdersEra,
            OrdersSeen = state.OrdersShown,
            ProfileVersion = state.Profile,
            ProfileEra = state.ProfileEra,
            HazardsVersion = state.Hazards,
            HazardsEra = state.HazardsEra,
            DeviceProfile = state.DeviceProfile,
            Unsent = counts.Records,
            UnsentActions = counts.Actions,
            OldestUnsent = outbox.OldestUnsent,
            OldestUnsentAction = outbox.OldestUnsentAction,
            UnsentFileBytes = unsentFileBytes(),
            Chains = outbox.Chains,
            Offline = offline(),
        };
    }

    public void Dispose() => wake.Dispose();

    private async Task<bool> SayAsync(bool online, CancellationToken stop)
    {
        var message = WireCodec.Encode(Current(online), WireJson.Default.VehicleStatus);
        return await publisher.PublishAsync(topic.ToString(), message, Qos.AtLeastOnce, retain: true, stop).ConfigureAwait(false) == DeliveryResult.Accepted;
    }
}
