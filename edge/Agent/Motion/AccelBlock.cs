namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>Readings that were read from the sensor together, as its buffer gives them.</summary>
/// <param name="DeviceTime">The vehicle's wall clock when the block was read, UTC.</param>
/// <param name="MonotonicMs">Milliseconds of the monotonic clock at that time.</param>
/// <param name="Samples">In order of time; not empty.</param>
public sealed record AccelBlock(DateTimeOffset DeviceTime, long MonotonicMs, IReadOnlyList<AccelSample> Samples);
