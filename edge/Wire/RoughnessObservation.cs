namespace ThreeOneOne.Field.Wire;

/// <summary>
/// How a stretch of street drove: its roughness, and how many shocks were felt on it. A stretch without a shock is what
/// speaks against a pothole that was reported there.
/// </summary>
public sealed record RoughnessObservation
{
    public required GeoPoint From { get; init; }

    public required GeoPoint To { get; init; }

    public double LengthM { get; init; }

    /// <summary>Estimated International Roughness Index, m/km; null when the speed does not allow an estimate.</summary>
    public double? IriMPerKm { get; init; }

    /// <summary>Root mean square of vertical acceleration without gravity, m/s².</summary>
    public double RmsMps2 { get; init; }

    public double SpeedMps { get; init; }

    public double? CourseDeg { get; init; }

    public double? Hdop { get; init; }

    /// <summary>
    /// Shakes on the stretch that were a hole or would have hidden one: shocks of every kind, and what could not be told. 0 is a pass
    /// that would have felt a hole.
    /// </summary>
    public int Shocks { get; init; }

    /// <summary>Street segment id, for vehicles without a crew.</summary>
    public string? Segment { get; init; }

    /// <summary>Version of the rule that concluded this.</summary>
    public string? Rule { get; init; }
}
