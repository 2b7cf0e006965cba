namespace ThreeOneOne.Field.Wire;

/// <summary>One shock of the vehicle by the road.</summary>
public sealed record ShockObservation
{
    /// <summary>How many <see cref="Chances"/> there are.</summary>
    public const int ChanceCount = 5;

    public required GeoPoint At { get; init; }

    public required ShockKind Kind { get; init; }

    /// <summary>Largest vertical acceleration without gravity, m/s².</summary>
    public double PeakMps2 { get; init; }

    public int DurationMs { get; init; }

    public double SpeedMps { get; init; }

    public double? CourseDeg { get; init; }

    public double? Hdop { get; init; }

    /// <summary>0 to 1: how sure this pass is of its kind; where <see cref="Chances"/> are given, the chance of it.</summary>
    public double Confidence { get; init; }

    /// <summary>
    /// Chances of pothole, casting or joint, hump, rough road, and anything else, in this order; they add up to 1. They are those of kinds that
    /// were equally likely beforehand: how likely each is at a place is for the hub to know. Null from rules before <c>shock-2</c>.
    /// </summary>
    public double[]? Chances { get; init; }

    /// <summary>
    /// 0 to 1: how hard the shock would have been at 10 m/s. 0.5 stands for 8 m/s², a hole that one drives around. Null from rules before <c>shock-2</c>.
    /// </summary>
    public double? Severity { get; init; }

    /// <summary>Vertical acceleration without gravity in hundredths of m/s², evenly spaced in time, at most 64 values.</summary>
    public int[]? Trace { get; init; }

    /// <summary>Milliseconds between the values of <see cref="Trace"/>.</summary>
    public double? TraceStepMs { get; init; }

    /// <summary>Street segment id, for vehicles without a crew.</summary>
    public string? Segment { get; init; }

    /// <summary>Version of the rule that concluded this.</summary>
    public string? Rule { get; init; }
}
