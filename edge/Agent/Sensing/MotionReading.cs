using ThreeOneOne.Field.Agent.Motion;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>An accelerometer sample with its place and the clocks at which it was read.</summary>
public readonly record struct MotionReading(AccelSample Sample, Place Place, DateTimeOffset DeviceTime, long MonotonicMs);
