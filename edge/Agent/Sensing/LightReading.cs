using ThreeOneOne.Field.Agent.Light;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>An illuminance sample with its place.</summary>
public readonly record struct LightReading(LuxSample Sample, Place Place);
