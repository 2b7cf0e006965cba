using System.Collections.Frozen;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>
/// All registered vehicles, in memory for ingest and the broker's rules, and in the store. Loaded before anything else
/// starts; a change is visible to both when <see cref="RegisterAsync"/> returns.
/// </summary>
public sealed class VehicleRegistry(Database database, VehicleStore store) : IHostedService
{
    private readonly Lock swap = new();
    private volatile FrozenDictionary<string, Vehicle> vehicles = FrozenDictionary<string, Vehicle>.Empty;

    /// <summary>A vehicle was added. Runs on the caller's thread, after the commit.</summary>
    public event Action<Vehicle>? Changed;

    public IReadOnlyCollection<Vehicle> All => vehicles.Values;

    public Vehicle? Find(string id) => vehicles.GetValueOrDefault(id);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var all = await database.ReadAsync(store.All, cancellationToken).ConfigureAwait(false);
        lock (swap) vehicles = all.ToFrozenDictionary(v => v.Id, StringComparer.Ordinal);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes in what a command beside the hub has registered.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var all = await database.ReadAsync(store.All, cancel).ConfigureAwait(false);
        var added = all.Where(v => Find(v.Id) is null).ToList();
        if (added.Count == 0) return;
        lock (swap)
        {
            vehicles = vehicles.Values.Concat(added).DistinctBy(v => v.Id, StringComparer.Ordinal).ToFrozenDictionary(v => v.Id, StringComparer.Ordinal);
        }

        foreach (var vehicle in added) Changed?.Invoke(vehicle);
    }

    /// <summary>Adds a vehicle, or finds that it is there already: registering twice is registering once.</summary>
    /// <param name="vehicle">The vehicle; its id and jurisdiction are valid.</param>
    /// <param name="also">What else belongs into the transaction, such as the audit entry; runs only for a new vehicle.</param>
    /// <param name="cancel">Gives up waiting for the write.</param>
    /// <returns>The vehicle as registered, and whether it is new. It differs from the argument when the id was taken.</returns>
    public async Task<(Vehicle Registered, bool IsNew)> RegisterAsync(Vehicle vehicle, Action<WriteScope> also, CancellationToken cancel)
    {
        var (registered, isNew) = await database.WriteAsync(scope =>
        {
            if (store.Find(scope, vehicle.Id) is { } known) return (known, false);
            store.Add(scope, vehicle);
            scope.Raise(new VehicleRegistered(vehicle));
            also(scope);
            return (vehicle, true);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (!isNew) return (registered, false);
        lock (swap)
        {
            vehicles = vehicles.Values.Where(v => v.Id != vehicle.Id).Append(vehicle).ToFrozenDictionary(v => v.Id, StringComparer.Ordinal);
        }

        Changed?.Invoke(vehicle);
        return (vehicle, true);
    }
}
