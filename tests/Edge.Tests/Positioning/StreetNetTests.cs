using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

public sealed class StreetNetTests
{
    private static readonly Lazy<StreetNet> Streets = new(() => StreetNet.Load(Path.Combine(AppContext.BaseDirectory, "Data", "city", "centerlines.geojson")));

    // Cambridge St between two of its nodes, from the city's own layer.
    private static readonly GeoPoint OnCambridgeSt = new(42.373650, -71.100200);

    [Fact]
    public void The_nearest_street_and_the_place_on_it_are_found()
    {
        var beside = OnCambridgeSt.MovedByM(0, 6);
        var nearest = Streets.Value.Nearest(beside)!;

        Assert.Equal("Cambrid_St_29", nearest.Segment);
        Assert.InRange(nearest.At.DistanceMTo(beside), 4, 8);
        Assert.InRange(nearest.At.DistanceMTo(OnCambridgeSt), 0, 3);
    }

    [Fact]
    public void At_a_crossing_the_street_along_the_course_wins()
    {
        // Its eastern end, where other streets begin.
        var end = new GeoPoint(42.373577, -71.099662);

        Assert.StartsWith("Cambrid_St", Streets.Value.Nearest(end.MovedByM(-6, 1), courseDeg: 278)!.Segment, StringComparison.Ordinal);
    }

    [Fact]
    public void Far_from_any_street_there_is_none() =>
        Assert.Null(Streets.Value.Nearest(new GeoPoint(42.3850, -71.1480)));
}
