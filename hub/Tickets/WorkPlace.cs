using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>One repair point of a work order.</summary>
/// <param name="Id">Of the crew's action.</param>
/// <param name="At">Where.</param>
/// <param name="AtMs">Work time by GPS, Unix milliseconds.</param>
/// <param name="DeviceMs">The vehicle's wall clock, Unix milliseconds.</param>
/// <param name="Replay">GPS time is from a rebased recording.</param>
public sealed record WorkPlace(string Id, GeoPoint At, long AtMs, long DeviceMs, bool Replay);
