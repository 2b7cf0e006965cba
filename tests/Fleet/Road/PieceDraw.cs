using ThreeOneOne.Field.Fleet.Bodies;

namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>
/// Draws what cities put into their roads, in the sizes in which it is found. Each begins at a place along the lane; those of
/// one wheel lie somewhere between just beside and fully under it.
/// </summary>
/// <param name="draw">Chance, and whose ranges.</param>
/// <param name="wheelM">How far from the lane's middle wheels roll, metres.</param>
public sealed class PieceDraw(ParameterDraw draw, double wheelM = 0.78)
{
    private const double WheelRadiusM = 0.31;
    private const double BothM = 3.4;

    /// <summary>One hole or a few close together, somewhat deeper where they are longer.</summary>
    public IReadOnlyList<RoadPiece> Pothole(double alongM)
    {
        List<RoadPiece> holes = [Hole(alongM, draw.Sign() * wheelM)];
        // Where one breaks out, water and wheels break more.
        while (holes.Count < 4 && draw.Happens(0.35))
            holes.Add(Hole(holes[^1].AlongM + holes[^1].LengthM + draw.Between(0.1, 1.5), draw.Happens(0.7) ? holes[0].CentreM : -holes[0].CentreM));
        return holes;
    }

    /// <summary>A manhole or valve frame that settled or stands out: up to 25 mm low or high.</summary>
    public RoadPiece Casting(double alongM) => Frame(alongM, draw.Between(0.006, 0.025), draw.Sign() * wheelM + draw.Between(-0.3, 0.3));

    /// <summary>One that is flush to some millimetres, as most are, anywhere across the lane.</summary>
    public RoadPiece FlushCasting(double alongM) => Frame(alongM, draw.Between(0.001, 0.005), draw.Between(-1.1, 1.1));

    /// <summary>A bridge's or slab's edge under both wheels.</summary>
    public RoadPiece Joint(double alongM) => draw.Happens(0.5)
        ? new RoadPiece(PieceKind.Joint, alongM, draw.Between(0.3, 1.5), draw.Between(0.006, 0.022), 0, BothM)
        : new RoadPiece(PieceKind.Casting, alongM, draw.Between(0.06, 0.15), -draw.Between(0.01, 0.03), 0, BothM);

    /// <summary>Two rails of 1.435 m gauge.</summary>
    public IReadOnlyList<RoadPiece> Rails(double alongM)
    {
        var height = draw.Sign() * draw.Between(0.006, 0.025);
        return [.. new[] { 0, 1.435 }.Select(at => new RoadPiece(PieceKind.Rail, alongM + at, draw.Between(0.12, 0.4), height * draw.Between(0.7, 1.3), 0, BothM))];
    }

    /// <summary>Watts's hump, a steeper short one, or a table.</summary>
    public RoadPiece Hump(double alongM) => draw.Random.NextDouble() switch
    {
        < 0.5 => new RoadPiece(PieceKind.Hump, alongM, draw.Between(3.2, 4.4), draw.Between(0.06, 0.1), 0, BothM),
        < 0.75 => new RoadPiece(PieceKind.Hump, alongM, draw.Between(0.7, 2.2), draw.Between(0.05, 0.1), 0, BothM),
        _ => new RoadPiece(PieceKind.Table, alongM, draw.Between(5.5, 8), draw.Between(0.06, 0.1), 0, BothM) { Edge = draw.Between(0.16, 0.3) },
    };

    /// <summary>One to three rows of metal studs, each wheel over one of a row.</summary>
    public IReadOnlyList<RoadPiece> MetalBumps(double alongM)
    {
        var (rows, apart, height, length) = (1 + draw.Random.Next(3), draw.Between(0.25, 1), draw.Between(0.04, 0.09), draw.Between(0.16, 0.3));
        return [.. Enumerable.Range(0, rows).SelectMany(r => new[] { -1, 1 }.Select(side => new RoadPiece(
            PieceKind.MetalBump, alongM + r * apart + draw.Between(-0.12, 0.12), length, height * draw.Between(0.5, 1), side * BothM / 4, BothM / 2)))];
    }

    public RoadPiece Patch(double alongM) => new(
        PieceKind.Patch, alongM, draw.Scale(0.6, 6), draw.Sign() * draw.Between(0.003, 0.015), draw.Happens(0.5) ? 0 : draw.Sign() * wheelM, draw.Happens(0.5) ? BothM : 1.2)
        { Edge = draw.Between(0.03, 0.2) };

    public RoadPiece Gravel(double alongM, double lengthM) =>
        new(PieceKind.Gravel, alongM, lengthM, draw.Scale(0.004, 0.016), draw.Between(-0.1, 0.1), BothM);

    private RoadPiece Frame(double alongM, double heightM, double centreM) =>
        new(PieceKind.Casting, alongM, draw.Between(0.5, 0.7), draw.Sign() * heightM, centreM, 0.65) { Edge = draw.Between(0.03, 0.12) };

    private RoadPiece Hole(double alongM, double centreM)
    {
        var length = draw.Scale(0.45, 3.5);
        // Short holes are not deep, and a wheel does not reach the bottom of those that are shorter than itself.
        var depth = Math.Min(draw.Scale(0.04, 0.15), Math.Min(0.012 + length * length / (8 * WheelRadiusM), 0.02 + 0.12 * length));
        var (width, centre) = draw.Happens(0.1) ? (draw.Between(1.8, 3), 0) : (draw.Between(0.35, 1), wheelM + draw.Between(-0.25, 0.25));
        return new RoadPiece(PieceKind.Pothole, alongM, length, -depth, centre, width) { Edge = draw.Between(0.06, 0.4) };
    }
}
