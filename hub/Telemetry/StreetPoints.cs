using ThreeOneOne.Field.Hub.Coverage;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>What was sensed on a street segment in an hour as a point: no vehicle, no crew, no finer time.</summary>
public sealed class StreetPoints(SegmentDistricts places)
{
    public const string Measurement = "street";

    public Point Of(StreetHour hour)
    {
        var place = places.Find(hour.Segment);
        var sums = hour.Sums;
        return new Point(
            Measurement, hour.Hour, [("segment", hour.Segment), ("street", place?.Segment.Street), ("district", place?.District?.Id)],
            [
                ("road_passes", sums.Stretches), ("roughness_m_per_km", sums.EstimateMPerKm), ("rms_mps2", sums.RmsMps2), ("shocks", sums.Shocks), ("potholes", sums.Potholes),
                ("lamp_passes", sums.LampPasses), ("lamps_lit", sums.LampsLit), ("lamps_dark", sums.LampsDark), ("peak_lux", sums.PeakLux),
            ]);
    }
}
