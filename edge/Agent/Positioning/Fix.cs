using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>One GPS reading: where the vehicle was, by the receiver. Only made while the receiver has a fix.</summary>
public sealed record Fix
{
    /// <summary>GPS time of the fix, UTC.</summary>
    public required DateTimeOffset FixTime { get; init; }

    /// <summary>The vehicle's wall clock when the fix was read, UTC.</summary>
    public required DateTimeOffset DeviceTime { get; init; }

    /// <summary>Milliseconds of the monotonic clock when the fix was read.</summary>
    public required long MonotonicMs { get; init; }

    /// <summary>Always plausible: never 0,0.</summary>
    public required GeoPoint At { get; init; }

    /// <summary>Speed over ground, m/s.</summary>
    public double SpeedMps { get; init; }

    /// <summary>Course over ground, degrees from true north; null while the receiver gives none (standing).</summary>
    public double? CourseDeg { get; init; }

    /// <summary>Horizontal dilution of precision; null when the receiver gives none.</summary>
    public double? Hdop { get; init; }

    /// <summary>Satellites used; null when the receiver gives none.</summary>
    public int? Satellites { get; init; }

    /// <summary>True when <see cref="FixTime"/> is not the time it was driven: a rebased or simulated recording.</summary>
    public bool Replay { get; init; }

    /// <summary>True when a receiver said this now, about now: its time may set the clock. Never for recordings.</summary>
    public bool TellsTime { get; init; }

    /// <summary>
    /// Milliseconds of the monotonic clock at <see cref="FixTime"/> itself, told by the receiver's pulse each second; null without one.
    /// </summary>
    public long? PulseMonotonicMs { get; init; }

    /// <summary>
    /// True when the receiver's date lay before any product of its kind and was moved by 1,024 weeks (GPS week roll-over).
    /// </summary>
    public bool DateCorrected { get; init; }
}
