using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Districts;

public sealed class DistrictMapTests
{
    private static readonly DistrictMap Cambridge = DistrictFile.Load(new DistrictsOptions());

    [Theory]
    [InlineData(42.3736, -71.1190, "10|7|6|9|8")] // Harvard Square lies where several meet.
    [InlineData(42.3601, -71.0942, "2")] // MIT.
    [InlineData(42.3956, -71.1420, "11|12")] // Alewife.
    public void A_place_is_in_its_neighbourhood(double lat, double lon, string ids) =>
        Assert.Contains(Cambridge.Of(new GeoPoint(lat, lon))?.Id, ids.Split('|'));

    [Fact]
    public void A_place_far_outside_is_in_none_and_one_beyond_the_border_street_in_the_nearest()
    {
        Assert.Null(Cambridge.Of(new GeoPoint(42.3594, -71.0587)));
        var square = Square("1", 0);
        Assert.Equal("1", square.Of(At(50, -40))?.Id);
        Assert.Null(square.Of(At(50, -70)));
    }

    [Fact]
    public void Nearly_every_street_light_of_the_city_knows_the_neighbourhood_that_the_city_gives_it()
    {
        var lights = Hub.Tests.Assets.CambridgeLights.All;
        Assert.True(lights.Count > 6_000);
        Assert.All(lights, l => Assert.NotNull(Cambridge.Of(l.At)));
        var known = lights.Where(l => l.Neighbourhood is > 0).ToList(); // The city writes 0 where it does not know.;
        var agree = known.Count(l => Cambridge.Of(l.At)!.Id == l.Neighbourhood!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(agree > known.Count * 0.95, $"{agree} of {known.Count}");
    }

    [Fact]
    public void A_hole_is_outside_and_of_two_that_overlap_the_first_counts()
    {
        IReadOnlyList<IReadOnlyList<GeoPoint>> outer = [Ring(0, 1_000), Ring(400, 200)];
        var map = new DistrictMap([(new District("ring", "Ring"), [outer]), (new District("all", "All"), [[Ring(0, 1_000)]])], 0);
        Assert.Equal("ring", map.Of(At(100, 100))?.Id);
        Assert.Equal("all", map.Of(At(500, 500))?.Id);
    }

    [Fact]
    public void A_file_that_is_something_else_is_refused_by_name()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"N_HOOD":"1","NAME":"x"},"geometry":{"type":"Point","coordinates":[0,0]}}]}""");
        var fault = Assert.Throws<InvalidDataException>(() => DistrictFile.Load(new DistrictsOptions { File = file }));
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        // Every mistake, each with its line.
        File.WriteAllText(file, """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"NAME":"x"},"geometry":{"type":"Polygon","coordinates":[[[-71.1,42.3],[-71.2,42.3],[-71.2,42.4],[-71.1,42.3]]]}},
            {"type":"Feature","properties":{"N_HOOD":"2","NAME":"x"},"geometry":{"type":"Polygon","coordinates":[[[-71.1,42.3]]]}},
            {"type":"Feature","properties":{"N_HOOD":"3","NAME":"x"},"geometry":{"type":"Polygon","coordinates":"none"}}
            ]}
            """);
        fault = Assert.Throws<InvalidDataException>(() => DistrictFile.Load(new DistrictsOptions { File = file }));
        Assert.Equal(["line 2", "line 3 (2)", "line 4 (3)"], fault.Message.Split('\n').Skip(1).Select(l => l.Split(": ")[0]));
        File.Delete(file);
        Assert.Empty(DistrictFile.Load(new DistrictsOptions { File = "" }).All);
    }

    private static DistrictMap Square(string id, double corner) => new([(new District(id, id), [[Ring(corner, 100)]])], 60);

    private static GeoPoint[] Ring(double corner, double side) =>
        [At(corner, corner), At(corner + side, corner), At(corner + side, corner + side), At(corner, corner + side)];

    private static GeoPoint At(double east, double north) => new GeoPoint(42.37, -71.1).MovedByM(east, north);
}
