using System.Collections.Concurrent;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>The last status of every vehicle: in memory for the feed, and kept, so that a restart still knows what waits where.</summary>
public sealed class VehicleStatuses(Database database, VehicleStore store) : IHostedService
{
    private readonly ConcurrentDictionary<string, VehicleState> states = new(StringComparer.Ordinal);

    /// <summary>The state of this vehicle changed. Runs on the thread of ingest; must return at once.</summary>
    public event Action<string>? Changed;

    public VehicleState Find(string vehicle) => states.GetValueOrDefault(vehicle, VehicleState.NeverHeard);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (vehicle, state) in await database.ReadAsync(store.Statuses, cancellationToken).ConfigureAwait(false))
            states.TryAdd(vehicle, state);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps what registered vehicles reported, in one transaction. A last will takes nothing back of what the vehicle said before.</summary>
    /// <param name="reports">In order of arrival; the last of a vehicle counts.</param>
    /// <param name="received">When the hub read them, UTC.</param>
    /// <param name="cancel">Gives up waiting for the write.</param>
    public async Task AcceptAsync(IReadOnlyList<VehicleStatusReported> reports, DateTimeOffset received, CancellationToken cancel)
    {
        var latest = new Dictionary<string, VehicleState>(StringComparer.Ordinal);
        foreach (var report in reports) latest[report.Vehicle] = latest.GetValueOrDefault(report.Vehicle, Find(report.Vehicle)).After(report.Status, received);
        await database.WriteAsync(scope =>
        {
            foreach (var (vehicle, state) in latest)
            {
                if (state is not { Status: { } status, LastSeen: { } seen }) continue;
                store.KeepStatus(scope, vehicle, status, seen);
                scope.Raise(new VehicleStatusReported(vehicle, status));
            }
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        foreach (var (vehicle, state) in latest)
        {
            states[vehicle] = state;
            Changed?.Invoke(vehicle);
        }
    }

    /// <summary>A vehicle was heard on the live lane, which nobody stores: it is connected now.</summary>
    public void Heard(string vehicle, DateTimeOffset received)
    {
        var before = Find(vehicle);
        states[vehicle] = before with { Online = true, LastSeen = received, Since = before.Online ? before.Since : received };
        if (!before.Online) Changed?.Invoke(vehicle);
    }

    /// <summary>The hub itself has ended a vehicle's session, whose last will the broker may not pass on any more.</summary>
    public void Ended(string vehicle, DateTimeOffset at)
    {
        var before = Find(vehicle);
        if (!before.Online) return;
        states[vehicle] = before with { Online = false, Since = at };
        Changed?.Invoke(vehicle);
    }
}
