namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>A receiver's pulse at the top of a second, and what the system's clock said at it.</summary>
/// <param name="Gps">GPS time of the pulse, UTC.</param>
/// <param name="System">The system's clock at the pulse, as wrong as it may be.</param>
internal readonly record struct PulseTime(DateTimeOffset Gps, DateTimeOffset System);
