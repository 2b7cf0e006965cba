using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Districts;

/// <summary>Which district a place lies in. Immutable, so any thread may ask. Of districts that overlap, the first one counts.</summary>
public sealed class DistrictMap
{
    private readonly STRtree<Area> areas = new();
    private readonly List<Area> all = [];
    private readonly GeoPoint origin;
    private readonly double reachM;

    /// <param name="districts">Each with its polygons: outer ring first, then its holes.</param>
    /// <param name="reachM">How far outside all of them a place may lie, metres.</param>
    public DistrictMap(IReadOnlyList<(District District, IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> Polygons)> districts, double reachM)
    {
        this.reachM = reachM;
        All = [.. districts.Select(d => d.District)];
        origin = districts.Count > 0 ? districts[0].Polygons[0][0][0] : default;
        for (var i = 0; i < districts.Count; i++)
        {
            foreach (var rings in districts[i].Polygons)
            {
                var polygon = new Polygon(Ring(rings[0]), [.. rings.Skip(1).Select(Ring)]);
                var area = new Area(i, districts[i].District, polygon, PreparedGeometryFactory.Prepare(polygon));
                // Its index is made when it is first asked, which several threads must not do together.
                _ = area.Prepared.Covers(polygon.InteriorPoint);
                areas.Insert(polygon.EnvelopeInternal, area);
                all.Add(area);
            }
        }

        areas.Build();
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<District> All { get; }

    public District? Find(string? id) => All.FirstOrDefault(d => d.Id == id);

    public District? Of(GeoPoint at)
    {
        var place = Local(at);
        var point = new Point(place);
        var inside = areas.Query(point.EnvelopeInternal).Where(a => a.Prepared.Covers(point)).MinBy(a => a.Order);
        if (inside is not null || reachM <= 0) return inside?.District;
        var around = new Envelope(place);
        around.ExpandBy(reachM);
        return areas.Query(around)
            .Select(a => (Area: a, Distance: a.Polygon.Distance(point)))
            .Where(a => a.Distance <= reachM)
            .OrderBy(a => a.Distance).ThenBy(a => a.Area.Order)
            .Select(a => a.Area.District)
            .FirstOrDefault();
    }

    /// <summary>How far a place is from the nearest district, metres; 0 inside one; null when there are none.</summary>
    public double? DistanceM(GeoPoint at)
    {
        var point = new Point(Local(at));
        if (areas.Query(point.EnvelopeInternal).Any(a => a.Prepared.Covers(point))) return 0;
        return all.Count == 0 ? null : all.Min(a => a.Polygon.Distance(point));
    }

    private LinearRing Ring(IReadOnlyList<GeoPoint> points)
    {
        var ring = points.Select(Local).ToList();
        if (!ring[0].Equals2D(ring[^1])) ring.Add(ring[0].Copy());
        return new LinearRing([.. ring]);
    }

    // On the tangent plane, so that distances are metres.
    private Coordinate Local(GeoPoint at)
    {
        var (east, north) = origin.OffsetMTo(at);
        return new Coordinate(east, north);
    }

    private sealed record Area(int Order, District District, Polygon Polygon, IPreparedGeometry Prepared);
}
