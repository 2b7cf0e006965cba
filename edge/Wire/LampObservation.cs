namespace ThreeOneOne.Field.Wire;

/// <summary>What sensing concluded about one street light in one pass at night.</summary>
public sealed record LampObservation
{
    /// <summary>Asset id of the pole in the city's inventory, as the vehicle's copy names it.</summary>
    public required string Pole { get; init; }

    /// <summary>The pole's place in the vehicle's copy, so that the hub can tell a moved or renumbered pole.</summary>
    public required GeoPoint At { get; init; }

    public required LampVerdict Verdict { get; init; }

    /// <summary>Highest illuminance around the closest approach, lux.</summary>
    public double PeakLux { get; init; }

    /// <summary>Floor between lights on this stretch, lux.</summary>
    public double FloorLux { get; init; }

    /// <summary>What a lit light would have shown at this distance, lux; null when unknown.</summary>
    public double? ExpectedLux { get; init; }

    /// <summary>Distance of the closest approach, metres.</summary>
    public double DistanceM { get; init; }

    public double SpeedMps { get; init; }

    public double? Hdop { get; init; }

    /// <summary>0 to 1: how sure this pass is of its verdict.</summary>
    public double Confidence { get; init; }

    /// <summary>Illuminance along the pass in tenths of a lux, evenly spaced by distance, at most 64 values.</summary>
    public int[]? Curve { get; init; }

    /// <summary>
    /// How far right of the track the inventory has the pole, metres; left is negative. Null when the course was not known.
    /// </summary>
    public double? SideM { get; init; }

    /// <summary>
    /// How well each share of <see cref="LampLadder.Shares"/> of the usual light explains the light along the pass: tenths of a
    /// natural logarithm below the likeliest, 0 to <see cref="LampLadder.Lowest"/>. Null when nothing could be measured. The
    /// neighbours' light and the inventory's and the receiver's errors are allowed for.
    /// </summary>
    public int[]? Likelihoods { get; init; }

    /// <summary>Why the verdict is <see cref="LampVerdict.Unclear"/>; null with any other.</summary>
    public LampDoubt? Doubt { get; init; }

    /// <summary>Street segment id, for vehicles without a crew.</summary>
    public string? Segment { get; init; }

    /// <summary>Version of the rule that concluded this.</summary>
    public string? Rule { get; init; }
}
