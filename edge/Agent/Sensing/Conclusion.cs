using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What a step concluded, with the reading that it rests on; the pipeline stamps it and cuts it to the street.</summary>
/// <param name="Place">Where the vehicle was at that reading, and GPS time.</param>
/// <param name="DeviceTime">Wall clock when that reading was read.</param>
/// <param name="MonotonicMs">Monotonic clock when that reading was read.</param>
public sealed record Conclusion(Place Place, DateTimeOffset DeviceTime, long MonotonicMs)
{
    public LampObservation? Lamp { get; init; }

    public ShockObservation? Shock { get; init; }

    public RoughnessObservation? Roughness { get; init; }

    /// <summary>
    /// True for a shake that is told nobody, of a kind that never leaves the vehicle or of which too little is known: it only keeps a stretch
    /// from counting as smooth. Nothing else is set then.
    /// </summary>
    public bool Felt { get; init; }
}
