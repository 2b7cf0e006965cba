using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>What the hub knows of a vehicle's connection and last status.</summary>
/// <param name="Online">Connected as far as the hub heard in this run: a kept status alone proves nothing.</param>
/// <param name="Status">The last status, also from an earlier run; null when none was ever heard.</param>
/// <param name="LastSeen">When anything was last heard, UTC.</param>
public sealed record VehicleState(bool Online, VehicleStatus? Status, DateTimeOffset? LastSeen)
{
    public static VehicleState NeverHeard { get; } = new(false, null, null);
}
