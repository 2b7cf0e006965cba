using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>A centre-line between two nodes, as drawn by the city.</summary>
/// <param name="Id">The city's id of the segment.</param>
/// <param name="Street">Name on signs: "Cambridge St".</param>
/// <param name="RoadClass">1 arterial, 2 collector, 3 local.</param>
/// <param name="FromNode">Node at the first point; null when the city gave none.</param>
/// <param name="ToNode">Node at the last point.</param>
/// <param name="Left">House numbers on the left, seen along the line; null when none.</param>
/// <param name="Right">House numbers on the right.</param>
/// <param name="Points">The line.</param>
public sealed record StreetSegment(
    string Id, string Street, int RoadClass, int? FromNode, int? ToNode,
    HouseNumbers? Left, HouseNumbers? Right, IReadOnlyList<GeoPoint> Points)
{
    /// <summary>1: one way as drawn, -1: one way against; 0: both ways, or nobody said.</summary>
    public int OneWay { get; init; }

    public double LengthM => Points.Zip(Points.Skip(1), (a, b) => a.DistanceMTo(b)).Sum();

    /// <summary>The lowest and the highest house number; null when no side has any.</summary>
    public (int Low, int High)? Numbers
    {
        get
        {
            int[] ends = [.. new[] { Left, Right }.OfType<HouseNumbers>().SelectMany(n => new[] { n.From, n.To })];
            return ends.Length == 0 ? null : (ends.Min(), ends.Max());
        }
    }

    /// <summary>The point at a share of the length.</summary>
    public GeoPoint At(double share)
    {
        var left = Math.Clamp(share, 0, 1) * LengthM;
        for (var i = 1; i < Points.Count; i++)
        {
            var step = Points[i - 1].DistanceMTo(Points[i]);
            if (left <= step || i == Points.Count - 1)
            {
                var (east, north) = Points[i - 1].OffsetMTo(Points[i]);
                var part = step == 0 ? 0 : Math.Min(1, left / step);
                return Points[i - 1].MovedByM(east * part, north * part);
            }

            left -= step;
        }

        return Points[0];
    }
}
