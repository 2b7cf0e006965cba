using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>A square cell of a fraction of a degree.</summary>
internal readonly record struct MapCell(int Y, int X)
{
    public static MapCell Of(GeoPoint at, int perDegree) => new((int)Math.Floor(at.Latitude * perDegree), (int)Math.Floor(at.Longitude * perDegree));

    /// <summary>Its middle, with a count.</summary>
    public MapCluster Cluster(int perDegree, int count) => new(Math.Round((Y + 0.5) / perDegree, 6), Math.Round((X + 0.5) / perDegree, 6), count);

    // A city's rows and columns are few and close together: every bit of both has to reach the bits that a table looks at.
    public override int GetHashCode() => (int)((((ulong)(uint)Y << 32) | (uint)X) * 0x9E3779B97F4A7C15 >> 32);
}
