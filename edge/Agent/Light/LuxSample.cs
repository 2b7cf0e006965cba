namespace ThreeOneOne.Field.Agent.Light;

/// <summary>One reading of the light sensor on the roof.</summary>
/// <param name="Time">When it was measured, UTC, in the time base of <see cref="Positioning.Fix.FixTime"/>.</param>
/// <param name="Lux">Illuminance, lux.</param>
/// <param name="DeviceTime">The vehicle's wall clock when it was read, UTC.</param>
/// <param name="MonotonicMs">Milliseconds of the monotonic clock at that time.</param>
public readonly record struct LuxSample(DateTimeOffset Time, double Lux, DateTimeOffset DeviceTime, long MonotonicMs);
