using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

public sealed class StreetSegmentsTests
{
    private static readonly string City = Path.Combine(AppContext.BaseDirectory, "Data", "city");

    private static readonly Lazy<StreetSegments> Streets = new(() => StreetSegments.Load(Path.Combine(City, "centerlines.geojson")));

    // Cambridge St between two of its nodes, from the city's own layer.
    private static readonly GeoPoint OnCambridgeSt = new(42.373650, -71.100200);

    [Fact]
    public void The_nearest_segment_and_the_place_on_it_are_found()
    {
        var snap = Streets.Value.Snap(OnCambridgeSt.MovedByM(0, 6))!;

        Assert.Equal("Cambrid_St_29", snap.Segment);
        Assert.InRange(snap.DistanceM, 4, 8);
        Assert.InRange(snap.At.DistanceMTo(OnCambridgeSt), 0, 3);
    }

    [Fact]
    public void At_a_crossing_the_street_along_the_course_wins()
    {
        // Its eastern end, where other streets begin.
        var end = new GeoPoint(42.373577, -71.099662);

        Assert.StartsWith("Cambrid_St", Streets.Value.Snap(end.MovedByM(-6, 1), courseDeg: 278)!.Segment, StringComparison.Ordinal);
    }

    [Fact]
    public void Far_from_any_street_there_is_none() =>
        Assert.Null(Streets.Value.Snap(new GeoPoint(42.3850, -71.1480)));

    [Fact]
    public void All_poles_of_the_city_that_carry_a_lamp_are_read() =>
        Assert.Equal(6113, SensingCity.Load(new CityOptions { PolesFile = Path.Combine(City, "street-lights.geojson") }).Poles!.Count);

    [Fact]
    public void A_file_that_is_no_layer_is_named_in_the_error()
    {
        var path = Path.Combine(City, "LICENSE.md");
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => StreetSegments.Load(path)).Message);
    }
}
