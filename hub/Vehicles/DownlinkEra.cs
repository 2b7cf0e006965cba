using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>
/// The era of everything that the hub sends as state with a version (<see cref="Wire.OrdersState.Era"/>): a random name made
/// with the hub's store. Known before anything is sent.
/// </summary>
public sealed class DownlinkEra(Database database, VehicleStore store) : IHostedService
{
    private volatile string? name;

    public string Name => name ?? throw new InvalidOperationException("the era is read when the hub starts");

    public async Task StartAsync(CancellationToken cancellationToken) =>
        name = await database.ReadAsync(store.Era, cancellationToken).ConfigureAwait(false)
            ?? await database.WriteAsync(
                scope => store.BeginEra(scope, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))), WritePriority.Interactive, cancellationToken).ConfigureAwait(false);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
