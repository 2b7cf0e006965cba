using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>The newest word of a vehicle about itself.</summary>
/// <param name="At">By the vehicle's clock.</param>
/// <param name="Received">By the hub's.</param>
/// <param name="Clock">Where the vehicle's clock had its time from.</param>
/// <param name="Health">What it said.</param>
public sealed record KeptHealth(DateTimeOffset At, DateTimeOffset Received, string Clock, VehicleHealth Health);
