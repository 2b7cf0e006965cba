using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>What the vehicle holds of the hub's state, for its status.</summary>
/// <param name="Orders">Version of the orders.</param>
/// <param name="OrdersEra">Their era.</param>
/// <param name="OrdersShown">Version of the orders that the crew's screen has shown.</param>
/// <param name="Profile">Version of the profile.</param>
/// <param name="ProfileEra">Its era.</param>
/// <param name="Hazards">Version of the dangers.</param>
/// <param name="HazardsEra">Their era.</param>
/// <param name="DeviceProfile">What became of the device profile; null when it takes none.</param>
public sealed record HeldState(long Orders, string? OrdersEra, long OrdersShown, long Profile, string? ProfileEra, long Hazards, string? HazardsEra, DeviceProfileReport? DeviceProfile);
