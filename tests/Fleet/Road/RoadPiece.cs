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
    /// <summary>Share of the length over which each end slopes.</summary>
    public double Edge { get; init; } = 0.18;

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
            PieceKind.MetalBump => Math.Sqrt(Math.Max(0, 1 - (2 * share - 1) * (2 * share - 1))),
            PieceKind.Gravel => Math.Min(1, 20 * Math.Min(share, 1 - share)) * Stones(alongM),
            // Broken and worn edges, flat bottom or lid.
            _ => Math.Min(1, Math.Min(share, 1 - share) / Edge),
        };
    }

    // Heights of some decimetres' wave, root mean square about 1, the same at each pass.
    private double Stones(double alongM)
    {
        var sum = 0.0;
        for (var octave = 0; octave < 3; octave++)
        {
            var x = (alongM + 17 * CentreM) * (1.3 * (1 << octave));
            var (cell, share) = ((int)Math.Floor(x), x - Math.Floor(x));
            var smooth = share * share * (3 - 2 * share);
            sum += (Stone(cell, octave) * (1 - smooth) + Stone(cell + 1, octave) * smooth) / (1 << octave);
        }

        return 1.6 * sum;
    }

    private double Stone(int cell, int octave) =>
        RoadSurface.HashCode(cell, octave, (int)(AlongM * 1000)) / (double)int.MaxValue * 2 - 1;
}
