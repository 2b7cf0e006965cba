namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>One accelerometer reading in the vehicle's frame, m/s².</summary>
/// <param name="Time">When it was measured, UTC, in the time base of <see cref="Positioning.Fix.FixTime"/>.</param>
/// <param name="X">Forward.</param>
/// <param name="Y">To the left.</param>
/// <param name="Z">Up, gravity included: about +9.81 at rest.</param>
public readonly record struct AccelSample(DateTimeOffset Time, float X, float Y, float Z);
