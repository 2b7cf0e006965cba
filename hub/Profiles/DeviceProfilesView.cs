using System.Data.Common;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>The newest roll-out, and how every vehicle stands.</summary>
/// <param name="RollOut">Null when nothing was ever rolled out.</param>
/// <param name="Items">Vehicles that a profile is meant for, or that say that they have one.</param>
public sealed record DeviceProfilesView(RollOutView? RollOut, IReadOnlyList<VehicleProfileView> Items)
{
    public static DeviceProfilesView Of(DbConnection connection, VehicleRegistry registry, VehicleStatuses statuses)
    {
        var newest = ReleaseStore.Newest(connection);
        var meant = ReleaseStore.Meant(connection);
        var placed = newest?.RollOut.Vehicles.ToDictionary(v => v.Vehicle, StringComparer.Ordinal) ?? [];
        return new DeviceProfilesView(
            newest is null ? null : RollOutView.Of(newest),
            [
                .. registry.All.OrderBy(v => v.Id, StringComparer.Ordinal)
                    .Select(v => VehicleProfileView.Of(v.Id, meant.GetValueOrDefault(v.Id), placed.GetValueOrDefault(v.Id), statuses.Find(v.Id)))
                    .Where(v => v.Meant is not null || v.InForce > 0 || placed.ContainsKey(v.Vehicle)),
            ]);
    }
}
