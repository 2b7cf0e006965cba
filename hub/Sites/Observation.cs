using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>One observation as sites fold it.</summary>
public sealed record Observation
{
    public required string Vehicle { get; init; }

    public required string Epoch { get; init; }

    public required long Seq { get; init; }

    public required ObservationKind Kind { get; init; }

    /// <summary>GPS time (the wall clock where there was none), Unix milliseconds.</summary>
    public required long FixMs { get; init; }

    /// <summary>The vehicle's wall clock, Unix milliseconds.</summary>
    public required long DeviceMs { get; init; }

    /// <summary>GPS time is from a rebased recording.</summary>
    public bool Replay { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>End of a stretch.</summary>
    public GeoPoint? To { get; init; }

    /// <summary><see cref="LampVerdict"/>, <see cref="ShockKind"/>, or the shocks felt on a stretch.</summary>
    public required int Verdict { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Peak of a shock in m/s², of a lamp in lux.</summary>
    public double Severity { get; init; }

    public string? Pole { get; init; }

    /// <summary>Of shocks from vehicles that tell it.</summary>
    public ShockChances? Chances { get; init; }

    public double? SpeedMps { get; init; }

    /// <summary>Over ground, degrees from north.</summary>
    public double? CourseDeg { get; init; }

    public double? Hdop { get; init; }

    /// <summary><see cref="LampObservation.Likelihoods"/>; null when the pass measured nothing, or an older vehicle sent it.</summary>
    public IReadOnlyList<int>? Likelihoods { get; init; }

    /// <summary>Why a lamp pass could not tell; null when it could, or isn't told.</summary>
    public LampDoubt? Doubt { get; init; }

    /// <summary>The observation as the vehicle sent it, JSON.</summary>
    public string? Detail { get; init; }

    /// <summary>Names the observation for ever; safe in a path.</summary>
    public string Key => $"{Vehicle}.{Epoch}.{Seq}";

    /// <summary>A shock that may be a pothole and so can found a site.</summary>
    public bool Founds => Kind == ObservationKind.Shock
        && (Chances is { } chances ? chances.Pothole >= ShockChances.Founding : (ShockKind)Verdict is ShockKind.Pothole or ShockKind.Unknown);

    /// <summary>The canonical order: fix time, vehicle, epoch, sequence. Arrival plays no part in it.</summary>
    public static int Canonical(Observation a, Observation b)
    {
        var order = a.FixMs.CompareTo(b.FixMs);
        if (order == 0) order = string.CompareOrdinal(a.Vehicle, b.Vehicle);
        if (order == 0) order = string.CompareOrdinal(a.Epoch, b.Epoch);
        return order == 0 ? a.Seq.CompareTo(b.Seq) : order;
    }
}
