using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>Where the vehicle was when a sample was measured: interpolated between two fixes by GPS time.</summary>
/// <param name="Time">GPS time of the sample.</param>
/// <param name="At">Interpolated place.</param>
/// <param name="SpeedMps">Speed over ground.</param>
/// <param name="CourseDeg">Course over ground; null when standing.</param>
/// <param name="Hdop">The worse of the two fixes.</param>
/// <param name="Replay">From a rebased recording.</param>
public readonly record struct Place(DateTimeOffset Time, GeoPoint At, double SpeedMps, double? CourseDeg, double? Hdop, bool Replay)
{
    /// <summary>By so much later than the sample is the receiver's place that was taken, seconds.</summary>
    public double LagSeconds { get; init; }
}
