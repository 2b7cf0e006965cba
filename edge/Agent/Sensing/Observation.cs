using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What sensing concluded: exactly one of the contents, and the times of the reading that it rests on.</summary>
public sealed record Observation
{
    /// <summary><see cref="Stamp.FixTime"/> is GPS time at the event, <see cref="Stamp.DeviceTime"/> the wall clock when its sample was read.</summary>
    public required Stamp Stamp { get; init; }

    public LampObservation? Lamp { get; init; }

    public ShockObservation? Shock { get; init; }

    public RoughnessObservation? Roughness { get; init; }
}
