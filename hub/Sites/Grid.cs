using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Square cells of a fraction of a degree, numbered in one column, so that any SQL database finds neighbours by an
/// ordinary index. Cells get narrow towards the poles: a query asks for every cell that its reach touches.
/// </summary>
public static class Grid
{
    /// <summary>Cells per degree for points: 13.6 m north.</summary>
    public const int Fine = 8_192;

    /// <summary>Cells per degree for stretches: 54 m north.</summary>
    public const int Coarse = 2_048;

    public static long Cell(GeoPoint at, int perDegree) => Number(Index(at.Latitude, perDegree), Index(at.Longitude, perDegree));

    /// <summary>Every cell within a distance of a place.</summary>
    public static long[] Around(GeoPoint at, double withinM, int perDegree) =>
        Between(at.MovedByM(-withinM, -withinM), at.MovedByM(withinM, withinM), perDegree);

    /// <summary>Every cell of the rectangle that two places span.</summary>
    public static long[] Between(GeoPoint a, GeoPoint b, int perDegree)
    {
        var (y0, y1) = (Index(Math.Min(a.Latitude, b.Latitude), perDegree), Index(Math.Max(a.Latitude, b.Latitude), perDegree));
        var (x0, x1) = (Index(Math.Min(a.Longitude, b.Longitude), perDegree), Index(Math.Max(a.Longitude, b.Longitude), perDegree));
        var cells = new List<long>();
        for (var y = y0; y <= y1; y++)
        {
            for (var x = x0; x <= x1; x++) cells.Add(Number(y, x));
        }

        return [.. cells];
    }

    private static long Index(double degrees, int perDegree) => (long)Math.Floor(degrees * perDegree);

    // 180 degrees of 8,192 cells are 1.5 million either way: 24 bits hold them with their sign moved away.
    private static long Number(long y, long x) => ((y + (1 << 23)) << 24) | (x + (1 << 23));
}
