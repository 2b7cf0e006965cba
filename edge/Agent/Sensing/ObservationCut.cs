using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Stamps a conclusion, and cuts what a vehicle without a crew reports to the street: every place of the vehicle becomes
/// the nearest one on a centre-line, and where there is none nothing is reported.
/// </summary>
internal sealed class ObservationCut(VehicleKind kind, StreetSegments? streets, DeviceClock clock)
{
    /// <summary>Null when it must not be reported.</summary>
    public Observation? Observe(Conclusion conclusion)
    {
        var observation = new Observation
        {
            Stamp = clock.Stamp(conclusion.Place.Time, conclusion.DeviceTime, conclusion.MonotonicMs, conclusion.Place.Replay),
            Lamp = conclusion.Lamp,
            Shock = conclusion.Shock,
            Roughness = conclusion.Roughness,
        };
        if (kind == VehicleKind.Crewed) return observation;
        if (Snap(conclusion.Place.At) is not { } here) return null;
        return observation with
        {
            Lamp = observation.Lamp is { } lamp ? lamp with { Segment = here.Segment } : null,
            Shock = observation.Shock is { } shock ? shock with { Segment = here.Segment, At = here.At.Rounded() } : null,
            Roughness = observation.Roughness is { } stretch
                ? stretch with { Segment = here.Segment, From = On(stretch.From, here), To = On(stretch.To, here) }
                : null,
        };

        SegmentSnap? Snap(GeoPoint at) => streets?.Snap(at, conclusion.Place.CourseDeg);

        GeoPoint On(GeoPoint at, SegmentSnap otherwise) => (Snap(at)?.At ?? otherwise.At).Rounded();
    }
}
