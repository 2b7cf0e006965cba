namespace ThreeOneOne.Field.Wire;

/// <summary>One shock of the vehicle by the road.</summary>
public sealed record ShockObservation
{
    public required GeoPoint At { get; init; }

    public required ShockKind Kind { get; init; }

    /// <summary>Largest vertical acceleration without gravity, m/s².</summary>
    public double PeakMps2 { get; init; }

    public int DurationMs { get; init; }

    public double SpeedMps { get; init; }

    public double? CourseDeg { get; init; }

    public double? Hdop { get; init; }

    /// <summary>0 to 1: how sure this pass is of its kind.</summary>
    public double Confidence { get; init; }

    /// <summary>Vertical acceleration without gravity in hundredths of m/s², evenly spaced in time, at most 64 values.</summary>
    public int[]? Trace { get; init; }

    /// <summary>Milliseconds between the values of <see cref="Trace"/>.</summary>
    public double? TraceStepMs { get; init; }

    /// <summary>Street segment id, for vehicles without a crew.</summary>
    public string? Segment { get; init; }

    /// <summary>Version of the rule that concluded this.</summary>
    public string? Rule { get; init; }
}
