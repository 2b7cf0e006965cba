using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>One observation as a person reads it beside a request or site.</summary>
public sealed record EvidenceItem
{
    public required string Key { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>End of a stretch.</summary>
    public GeoPoint? To { get; init; }

    public required DateTimeOffset FixTime { get; init; }

    public required DateTimeOffset DeviceTime { get; init; }

    public required bool Replay { get; init; }

    /// <summary>lamp, shock or roughness.</summary>
    public required string Kind { get; init; }

    /// <summary>lit, dark, unclear; pothole, hump, casting, joint; smooth, rough.</summary>
    public required string Verdict { get; init; }

    public required bool Supports { get; init; }

    /// <summary>Log-odds that it adds, rounded for reading; below 0 it speaks against.</summary>
    public required double Weight { get; init; }

    /// <summary>False when another observation speaks for its pass, or a crew was there since.</summary>
    public required bool Counted { get; init; }

    public required string Vehicle { get; init; }

    public double? Confidence { get; init; }

    public double? SpeedMps { get; init; }

    public double? PeakMps2 { get; init; }

    public double? PeakLux { get; init; }

    public double? FloorLux { get; init; }

    public double? ExpectedLux { get; init; }

    public double? DistanceM { get; init; }

    /// <summary>Tenths of a lux along a lamp pass.</summary>
    public int[]? Curve { get; init; }

    /// <summary>Hundredths of m/s² along a shock.</summary>
    public int[]? Trace { get; init; }

    public double? TraceStepMs { get; init; }

    /// <summary>Version of the vehicle's rule.</summary>
    public string? Rule { get; init; }
}
