using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Planting;

/// <summary>The districts that a fleet's patrols are spread over: centres as far from each other as the city allows.</summary>
public static class Districts
{
    /// <summary>Radius of a district, metres.</summary>
    public const double RadiusM = 300;

    /// <summary>One patrol per district; the first districts stay the same when there are more.</summary>
    public static IReadOnlyList<Patrol> Patrols(CityMap city, Router router, int count, int seed)
    {
        var nodes = city.Graph.Core.Order().Select(n => city.Graph.Nodes[n]).ToList();
        List<Place> centres = [nodes[RoadSurface.HashCode(seed, 0, 41) % nodes.Count]];
        var nearest = nodes.Select(n => n.DistanceTo(centres[0])).ToArray();
        while (centres.Count < count)
        {
            // Among the farthest, drawn: districts spread, and the first are not only the city's rim.
            var order = Enumerable.Range(0, nodes.Count).OrderByDescending(i => nearest[i]).ToList();
            var chosen = nodes[order[RoadSurface.HashCode(seed, centres.Count, 42) % Math.Max(1, order.Count / (4 * (centres.Count + 1)))]];
            centres.Add(chosen);
            for (var i = 0; i < nodes.Count; i++) nearest[i] = Math.Min(nearest[i], nodes[i].DistanceTo(chosen));
        }

        return [.. centres.Select((c, i) => Patrol.Around(router, c, RadiusM, 5, new Random(RoadSurface.HashCode(seed, i, 43))))];
    }
}
