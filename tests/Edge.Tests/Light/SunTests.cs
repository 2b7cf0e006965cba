using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Light;

public sealed class SunTests
{
    // Geometry that needs no almanac: at noon of an equinox the sun stands at 90° less the latitude, at the solstices
    // 23.44° higher or lower, and at the June solstice's midnight at the North Cape still above the horizon.
    [Theory]
    [InlineData("2026-03-20T12:07:30Z", 0.0, 0.0, 90.0)]
    [InlineData("2026-06-21T16:46:00Z", 42.37, -71.11, 71.07)]
    [InlineData("2026-12-21T16:42:30Z", 42.37, -71.11, 24.19)]
    [InlineData("2026-06-21T22:16:00Z", 71.17, 25.78, 4.61)]
    [InlineData("2026-12-22T04:42:30Z", 42.37, -71.11, -71.07)]
    public void Elevation_agrees_with_known_places(string time, double latitude, double longitude, double expected) =>
        Assert.Equal(expected, Sun.ElevationDeg(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), new GeoPoint(latitude, longitude)), 0.5);

    // Almanacs give Boston's sunset of 1 June (upper limb, refracted: -0.83°) as about 20:14 EDT and the end of civil
    // twilight as about 20:48.
    [Fact]
    public void Sunset_and_civil_dusk_are_where_almanacs_put_them()
    {
        var boston = new GeoPoint(42.36, -71.06);
        Assert.Equal(-0.83, Sun.ElevationDeg(new DateTimeOffset(2026, 6, 2, 0, 14, 0, TimeSpan.Zero), boston), 0.5);
        Assert.Equal(-6.0, Sun.ElevationDeg(new DateTimeOffset(2026, 6, 2, 0, 48, 0, TimeSpan.Zero), boston), 0.5);
    }
}
