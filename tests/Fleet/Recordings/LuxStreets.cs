using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Recordings;

/// <summary>The readings of a lux log laid onto the streets they were taken on.</summary>
public sealed class LuxStreets
{
    // Farther from every centre-line than this it was a car park, a bridge or a lost fix, metres.
    private const double SnapM = 12;

    // A street counts as driven when it has this many readings a metre.
    private const double Density = 0.2;

    private readonly Dictionary<int, List<LuxPoint>> _bySegment = [];

    public LuxStreets(CityMap city, IEnumerable<(GeoPoint At, double Lux)> readings)
    {
        foreach (var (at, lux) in readings)
        {
            var place = city.Plane.ToPlace(at);
            var near = city.Graph.EdgesNear(place, SnapM);
            if (near.Count == 0) continue;
            var (edge, _, along) = near[0];
            var (centre, heading) = edge.PlaceAt(along);
            var right = Math.Sin(heading) * (place.X - centre.X) - Math.Cos(heading) * (place.Y - centre.Y);
            if (!_bySegment.TryGetValue(edge.Segment.Index, out var list)) _bySegment[edge.Segment.Index] = list = [];
            // Kept in the digitised direction; a reversed edge sees it mirrored.
            list.Add(edge.Reversed ? new LuxPoint(edge.LengthM - along, -right, lux) : new LuxPoint(along, right, lux));
        }

        foreach (var (segment, list) in _bySegment.ToList())
        {
            if (list.Count < Density * city.Segments[segment].LengthM) _bySegment.Remove(segment);
            else _bySegment[segment] = [.. Thin(list)];
        }
    }

    public IReadOnlySet<int> Segments => _bySegment.Keys.ToHashSet();

    /// <summary>Readings along an edge in the order of driving; none where the log has none.</summary>
    public IReadOnlyList<LuxPoint> Along(StreetEdge edge)
    {
        if (!_bySegment.TryGetValue(edge.Segment.Index, out var list)) return [];
        return edge.Reversed
            ? [.. list.Select(p => new LuxPoint(edge.LengthM - p.AlongM, -p.RightM, p.Lux)).Reverse()]
            : list;
    }

    // Several passes lie on top of each other: of readings within a metre, the middle one stands.
    private static IEnumerable<LuxPoint> Thin(List<LuxPoint> list) =>
        list.GroupBy(p => (int)p.AlongM).OrderBy(g => g.Key)
            .Select(g => g.OrderBy(p => p.Lux).ElementAt((g.Count() - 1) / 2)).OrderBy(p => p.AlongM);
}
