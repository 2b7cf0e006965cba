using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class StreetGraphTests
{
    [Fact]
    public void Nearly_all_of_cambridge_can_be_reached_from_everywhere()
    {
        var graph = Cities.Cambridge.Value.Graph;
        Assert.True(graph.Core.Count > graph.Nodes.Count * 0.95, $"{graph.Core.Count} of {graph.Nodes.Count} junctions");
    }

    [Fact]
    public void One_way_streets_have_one_edge()
    {
        var city = Cities.Cambridge.Value;
        Assert.Contains(city.Segments, s => s.OneWay);
        var edges = city.Graph.Edges.GroupBy(e => e.Segment.Index).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var segment in city.Segments.Where(s => s.OneWay && edges.ContainsKey(s.Index)))
            Assert.Equal(segment.Backward, Assert.Single(edges[segment.Index]).Reversed);
    }

    [Fact]
    public void A_route_is_unbroken_and_keeps_to_one_ways()
    {
        var graph = Cities.Cambridge.Value.Graph;
        var router = new Router(graph);
        var random = new Random(7);
        var core = graph.Core.Order().ToArray();
        for (var i = 0; i < 20; i++)
        {
            var from = core[random.Next(core.Length)];
            var to = core[random.Next(core.Length)];
            var route = router.Route(from, to);
            Assert.NotNull(route);
            var at = from;
            foreach (var edge in route)
            {
                Assert.Equal(at, edge.From);
                Assert.True(edge.Reversed ? edge.Segment.Backward : edge.Segment.Forward);
                at = edge.To;
            }

            Assert.Equal(to, at);
        }
    }

    [Fact]
    public void The_plane_gives_back_what_it_was_given()
    {
        var plane = new CityPlane(new Wire.GeoPoint(42.37, -71.1));
        var at = new Wire.GeoPoint(42.395, -71.14);
        Assert.True(at.DistanceMTo(plane.ToGeo(plane.ToPlace(at))) < 0.001);
        Assert.Equal(at.DistanceMTo(plane.Origin), plane.ToPlace(at).DistanceTo(new Place(0, 0)), 2.0);
    }
}
