namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>One piece of a road's profile.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="AlongM">Where it begins on its edge, metres.</param>
/// <param name="LengthM">Its length along the road, metres.</param>
/// <param name="HeightM">Its height above the road, metres; below for holes.</param>
/// <param name="CentreM">Middle across the lane, metres right of the lane's middle.</param>
/// <param name="WidthM">Width across the lane, metres; wide enough for both wheels for humps and joints.</param>
public sealed record RoadPiece(PieceKind Kind, double AlongM, double LengthM, double HeightM, double CentreM, double WidthM)
{
    /// <summary>From then on the piece is gone: the hole was filled.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>True when a wheel at the given offset rolls over it.</summary>
    public bool Takes(double wheelRightM) => Math.Abs(wheelRightM - CentreM) <= WidthM / 2;

    /// <summary>Height under a point of the road, metres.</summary>
    public double HeightAt(double alongM)
    {
        var share = (alongM - AlongM) / LengthM;
        if (share is < 0 or > 1) return 0;
        return HeightM * Kind switch
        {
            // A Watts hump is a circular arc; half a sine is within a millimetre of it.
            PieceKind.Hump => Math.Sin(Math.PI * share),
            // A slab edge: up at once, ground down behind.
            PieceKind.Joint => 1 - share,
            // Broken and worn edges, flat bottom or lid.
            _ => Math.Min(1, Math.Min(share, 1 - share) / 0.18),
        };
    }
}
