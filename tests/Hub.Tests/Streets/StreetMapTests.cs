using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Streets;

public sealed class StreetMapTests
{
    private static readonly GeoPoint Origin = new(42.37, -71.10);
    private static readonly Lazy<StreetMap> Cambridge = new(() => StreetFiles.Load(new StreetsOptions()));

    // Main St runs 200 m east; A St crosses at its start, B St at its end.
    private static readonly StreetMap Small = new(
        [
            Segment("main", "Main St", 1, 2, (0, 0), (200, 0), new HouseNumbers(2, 40), new HouseNumbers(1, 41)),
            Segment("a", "A St", 1, 3, (0, 0), (0, 100), null, null),
            Segment("b", "B St", 2, 4, (200, 0), (200, 100), null, null),
            Segment("mid", "Lane", 1, 2, (0, -80), (200, -80), null, null),
        ],
        [("Main St & A St", Origin)],
        new StreetsOptions());

    [Fact]
    public void Rows_of_the_streets_that_cannot_be_used_are_told_with_their_lines_and_the_rest_makes_the_map()
    {
        var folder = Directory.CreateTempSubdirectory("field-streets-").FullName;
        var (streets, nodes) = (Path.Combine(folder, "streets.geojson"), Path.Combine(folder, "nodes.geojson"));
        File.WriteAllText(streets, """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"ID":"1","Street":"Main St"},"geometry":{"type":"LineString","coordinates":[[-71.1,42.37],[-71.101,42.37]]}},
            {"type":"Feature","properties":{"ID":"2"},"geometry":{"type":"LineString","coordinates":[[-71.1,42.37],[-71.101,42.37]]}},
            {"type":"Feature","properties":{"Street":"A St"},"geometry":{"type":"LineString","coordinates":[[-71.1,42.37],[-71.101,42.37]]}},
            {"type":"Feature","properties":{"ID":"4","Street":"B St"},"geometry":{"type":"LineString","coordinates":[[-71.1,42.37]]}},
            {"type":"Feature","properties":{"ID":"5","Street":"C St"},"geometry":{"type":"LineString","coordinates":[[236000,901000],[236001,901000]]}}
            ]}
            """);
        File.WriteAllText(nodes, """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"Intersection":"Main St & A St"},"geometry":{"type":"Point","coordinates":[-71.1,42.37]}},
            {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[-71.1,42.37]}},
            {"type":"Feature","properties":{"Intersection":"nowhere"},"geometry":null}
            ]}
            """);
        var layers = StreetFiles.Read(new StreetsOptions { CentrelinesFile = streets, IntersectionsFile = nodes }, TimeProvider.System);
        Assert.Equal(1, layers.Map.Segments);
        Assert.Equal(
            [(3L, "no name"), (4L, "no id"), (5L, "no place"), (6L, "not WGS 84"), (4L, "no place")],
            layers.Reports.SelectMany(r => r.Faults).Select(f => (f.Line, f.Reason)));
        Assert.Equal((1L, 1L, 1L), (layers.Reports[1].Imported, layers.Reports[1].Skipped, layers.Reports[1].Rejected));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(104, 8, "22 Main St")]
    [InlineData(104, -8, "21 Main St")]
    [InlineData(190, 5, "38 Main St")]
    public void A_house_number_is_interpolated_on_the_side_of_the_place(double east, double north, string expected) =>
        Assert.Equal(expected, Small.Locate(Origin.MovedByM(east, north))?.Text);

    [Theory]
    [InlineData(104, 0.5, 90.0, "21 Main St")]
    [InlineData(104, -0.5, 270.0, "22 Main St")]
    [InlineData(104, 2, null, "22 Main St")]
    public void Who_drove_over_it_keeps_right_and_tells_the_side(double east, double north, double? courseDeg, string expected) =>
        Assert.Equal(expected, Small.Locate(Origin.MovedByM(east, north), courseDeg)?.Text);

    [Fact]
    public void Near_a_corner_the_way_they_drove_tells_the_street()
    {
        var at = Origin.MovedByM(198, 6);
        Assert.Equal("b", Small.Locate(at)?.Segment);
        Assert.Equal(("main", "41 Main St"), Small.Locate(at, 85) is { } main ? (main.Segment, main.Text) : default);
        Assert.Equal("b", Small.Locate(at, 180)?.Segment);
    }

    [Fact]
    public void On_a_one_way_street_the_place_itself_tells_the_side()
    {
        var oneWay = new StreetMap([Segment("main", "Main St", 1, 2, (0, 0), (200, 0), new HouseNumbers(2, 40), new HouseNumbers(1, 41)) with { OneWay = 1 }], [], new StreetsOptions());
        Assert.Equal("22 Main St", oneWay.Locate(Origin.MovedByM(104, 3), 90)?.Text);
    }

    [Fact]
    public void Where_houses_stand_across_the_street_only_it_is_near_one_of_them()
    {
        var park = new StreetMap([Segment("park", "Park St", 1, 2, (0, 0), (200, 0), new HouseNumbers(2, 40), null)], [], new StreetsOptions());
        Assert.Equal("22 Park St", park.Locate(Origin.MovedByM(104, 8))?.Text);
        Assert.Equal("near 22 Park St", park.Locate(Origin.MovedByM(104, -8))?.Text);
    }

    [Fact]
    public void A_place_at_a_named_intersection_is_addressed_by_it()
    {
        var address = Small.Locate(Origin.MovedByM(9, 9));
        Assert.Equal("Main St & A St", address?.Text);
        Assert.True(address!.AtIntersection);
    }

    [Fact]
    public void A_street_without_numbers_is_addressed_between_its_cross_streets() =>
        Assert.Equal("Lane between A St and B St", Small.Locate(Origin.MovedByM(100, -85))?.Text);

    [Fact]
    public void A_place_far_from_every_street_has_no_address() =>
        Assert.Null(Small.Locate(Origin.MovedByM(5_000, 0)));

    [Fact]
    public void Numbers_that_run_down_keep_their_parity_and_range()
    {
        var numbers = new HouseNumbers(99, 51);
        Assert.Equal(99, numbers.At(0));
        Assert.Equal(75, numbers.At(0.5));
        Assert.Equal(51, numbers.At(1));
        Assert.All(Enumerable.Range(0, 101), i => Assert.Equal(1, numbers.At(i / 100.0) % 2));
    }

    [Fact]
    public void Cambridges_own_streets_give_addresses()
    {
        // Beside the city hall.
        var address = Cambridge.Value.Locate(new GeoPoint(42.365516, -71.103746));
        Assert.Equal("Massachusetts Ave", address?.Street);
    }

    [Fact]
    public void Every_street_light_of_Cambridge_has_an_address()
    {
        var lights = Hub.Tests.Assets.CambridgeLights.All;
        Assert.Equal(6_117, lights.Count);
        var without = lights.Count(l => Cambridge.Value.Locate(l.At) is null);
        Assert.True(without < 10, $"{without} lights without an address");
        // One of the 2,643 has no name.
        Assert.Equal(2_642, Cambridge.Value.Segments);
    }

    private static StreetSegment Segment(
        string id, string street, int from, int to, (double E, double N) a, (double E, double N) b, HouseNumbers? left, HouseNumbers? right) =>
        new(id, street, 3, from, to, left, right, [Origin.MovedByM(a.E, a.N), Origin.MovedByM(b.E, b.N)]);
}
