using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>What a live position says beside the place.</summary>
/// <param name="Activity">What the vehicle is doing.</param>
/// <param name="Order">Work order under way.</param>
/// <param name="Lux">Latest illuminance.</param>
/// <param name="ShockMps2">Latest vertical shock.</param>
public readonly record struct LiveDetail(VehicleActivity Activity, string? Order, double? Lux, double? ShockMps2);
