using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>The area or block face that an order covers: two places are a line, three or more a polygon.</summary>
public static class OrderArea
{
    /// <summary>Most corners that an order takes.</summary>
    public const int MostCorners = 200;

    /// <summary>Distance of a place from the line or polygon, metres; 0 inside.</summary>
    public static double DistanceM(IReadOnlyList<GeoPoint> area, GeoPoint at)
    {
        // On the plane that touches the earth at the place: areas are a few streets wide.
        var corners = area.Select(at.OffsetMTo).ToList();
        if (corners.Count == 1) return Math.Sqrt(Squared(corners[0]));
        var closed = corners.Count > 2;
        var nearest = double.MaxValue;
        var inside = false;
        for (var i = closed ? 0 : 1; i < corners.Count; i++)
        {
            var (a, b) = (corners[(i + corners.Count - 1) % corners.Count], corners[i]);
            nearest = Math.Min(nearest, ToSegment(a, b));
            if (closed && a.NorthM > 0 != b.NorthM > 0 && a.EastM - a.NorthM * (b.EastM - a.EastM) / (b.NorthM - a.NorthM) > 0) inside = !inside;
        }

        return inside ? 0 : nearest;
    }

    /// <summary>A place to drive to: the middle of the corners.</summary>
    public static GeoPoint Middle(IReadOnlyList<GeoPoint> area) =>
        new GeoPoint(area.Average(p => p.Latitude), area.Average(p => p.Longitude)).Rounded();

    private static double ToSegment((double EastM, double NorthM) a, (double EastM, double NorthM) b)
    {
        var (east, north) = (b.EastM - a.EastM, b.NorthM - a.NorthM);
        var length = east * east + north * north;
        var along = length == 0 ? 0 : Math.Clamp(-(a.EastM * east + a.NorthM * north) / length, 0, 1);
        return Math.Sqrt(Squared((a.EastM + along * east, a.NorthM + along * north)));
    }

    private static double Squared((double EastM, double NorthM) v) => v.EastM * v.EastM + v.NorthM * v.NorthM;
}
