using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Square cells of a fraction of a degree, numbered in one column, so that any SQL database finds neighbours by an
/// ordinary index. Cells get narrow towards the poles: a query asks for every cell that its reach touches.
/// </summary>
public static class Grid
{
    /// <summary>Cells per degree for counting shocks: 3.4 m north.</summary>
    public const int Finest = 32_768;

    /// <summary>Cells per degree for points: 13.6 m north.</summary>
    public const int Fine = 8_192;

    /// <summary>Cells per degree for stretches: 54 m north.</summary>
    public const int Coarse = 2_048;

    public static long Cell(GeoPoint at, int perDegree) => Number(Index(at.Latitude, perDegree), Index(at.Longitude, perDegree));

    /// <summary>Every cell within a distance of a place.</summary>
    public static long[] Around(GeoPoint at, double withinM, int perDegree) =>
        Between(at.MovedByM(-withinM, -withinM), at.MovedByM(withinM, withinM), perDegree);

    /// <summary>Every cell of the rectangle that two places span.</summary>
    /// <param name="a">A corner.</param>
    /// <param name="b">The opposite one.</param>
    /// <param name="perDegree">Which grid.</param>
    /// <param name="most">More cells than this are none: no vehicle drives such a stretch in one go, and nobody lists a continent.</param>
    public static long[] Between(GeoPoint a, GeoPoint b, int perDegree, int most = 4_096)
    {
        var (y0, y1) = (Index(Math.Min(a.Latitude, b.Latitude), perDegree), Index(Math.Max(a.Latitude, b.Latitude), perDegree));
        var (x0, x1) = (Index(Math.Min(a.Longitude, b.Longitude), perDegree), Index(Math.Max(a.Longitude, b.Longitude), perDegree));
        // In floating point, which does not overflow.
        if (((double)y1 - y0 + 1) * ((double)x1 - x0 + 1) > most) return [];
        var cells = new List<long>();
        for (var y = y0; y <= y1; y++)
        {
            for (var x = x0; x <= x1; x++) cells.Add(Number(y, x));
        }

        return [.. cells];
    }

    /// <summary>The south-west corner of a cell.</summary>
    public static GeoPoint Corner(long cell, int perDegree)
    {
        var (y, x) = Split(cell);
        return new GeoPoint((double)y / perDegree, (double)x / perDegree);
    }

    /// <summary>The south-west and the north-east corner of a cell.</summary>
    public static (GeoPoint SouthWest, GeoPoint NorthEast) Corners(long cell, int perDegree)
    {
        var (y, x) = Split(cell);
        return (Corner(cell, perDegree), new GeoPoint((y + 1.0) / perDegree, (x + 1.0) / perDegree));
    }

    /// <summary>The row and column of a cell.</summary>
    public static (long Y, long X) Split(long cell) => ((cell >> 24) - (1 << 23), (cell & ((1 << 24) - 1)) - (1 << 23));

    /// <summary>The cell of a row and column. 180 degrees of 32,768 cells are 5.9 million either way: 24 bits hold them with their sign moved away.</summary>
    public static long Number(long y, long x) => ((y + (1 << 23)) << 24) | (x + (1 << 23));

    private static long Index(double degrees, int perDegree) => (long)Math.Floor(degrees * perDegree);
}
