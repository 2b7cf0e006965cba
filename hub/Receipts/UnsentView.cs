using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>What a vehicle said, when it was last heard, that it still holds.</summary>
/// <param name="Id">Vehicle id.</param>
/// <param name="Name">On screens.</param>
/// <param name="Online">Connected now.</param>
/// <param name="LastHeard">When anything was last heard of it.</param>
/// <param name="UnsentActions">Crew actions that aren't here.</param>
/// <param name="Unsent">All records that the hub has not acknowledged.</param>
/// <param name="Oldest">Time of the oldest of those actions; null while it didn't say.</param>
/// <param name="UnsentFileBytes">Bytes of photos, voice notes and signatures.</param>
/// <param name="Shift">Id of its shift.</param>
/// <param name="Duty">State of its shift.</param>
/// <param name="Crew">Crew id.</param>
/// <param name="Offline">How long it can go on alone, as it said.</param>
public sealed record UnsentView(
    string Id, string Name, bool Online, DateTimeOffset? LastHeard, long UnsentActions, int Unsent, DateTimeOffset? Oldest,
    long UnsentFileBytes, string? Shift, ShiftState Duty, string? Crew, OfflineBudget? Offline)
{
    public static UnsentView Of(Vehicle vehicle, VehicleState known, VehicleStatus said, long actions) => new(
        vehicle.Id, vehicle.Name, known.Online, known.LastSeen, actions, said.Unsent,
        actions > 0 ? said.OldestUnsentAction ?? said.OldestUnsent : null, said.UnsentFileBytes, said.ShiftId, said.Shift, said.Crew, said.Offline);
}
