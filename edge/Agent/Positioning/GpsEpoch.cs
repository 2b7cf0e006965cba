using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>What a receiver said about one moment, merged from its sentences or reports.</summary>
internal readonly record struct GpsEpoch
{
    /// <summary>UTC; null while the receiver has no time or no date.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Null when there is no fix: <see cref="NoFix"/> says why.</summary>
    public GeoPoint? At { get; init; }

    public double? SpeedMps { get; init; }

    public double? CourseDeg { get; init; }

    public double? Hdop { get; init; }

    public int? Satellites { get; init; }

    /// <summary>The receiver says that it simulates.</summary>
    public bool Simulated { get; init; }

    /// <summary>The date was moved by 1,024 weeks.</summary>
    public bool DateCorrected { get; init; }

    public string? NoFix { get; init; }

    /// <summary>When the moment was, told by the receiver's pulse each second; null without one.</summary>
    public PulseTime? Pulse { get; init; }
}
