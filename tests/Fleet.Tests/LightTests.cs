using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Sky;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class LightTests
{
    private static readonly GeoPoint Boston = new(42.37, -71.1);
    private static readonly DateTimeOffset Night = new(2026, 3, 4, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_lamp_fades_with_distance_by_the_known_law()
    {
        var lamp = new Luminaire(20);
        Assert.Equal(20, lamp.LuxAt(0), 6);
        Assert.Equal(5, lamp.LuxAt(Luminaire.MountM - Luminaire.SensorM), 6);
        Assert.True(lamp.LuxAt(40) < 0.05);
    }

    [Fact]
    public void A_dead_lamp_gives_no_light_until_it_is_repaired()
    {
        var city = Cities.Grid();
        var lighting = new StreetLighting(city, 1);
        var pole = city.Poles[4];
        var below = pole.At;
        var lit = lighting.LuxAt(below, false, Night);
        lighting.Kill(pole.Id);
        Assert.True(lighting.LuxAt(below, false, Night) < lit / 4);
        lighting.Repair(pole.Id, Night);
        Assert.True(lighting.LuxAt(below, false, Night.AddMinutes(-1)) < lit / 4);
        Assert.Equal(lit, lighting.LuxAt(below, false, Night), 6);
    }

    [Fact]
    public void The_sun_rises_and_sets_when_the_almanac_says()
    {
        // Boston, 21 June 2026: sunrise 05:07, sunset 20:24 EDT; noon altitude 71°.
        Assert.Equal(-0.8, Sun.ElevationDeg(new DateTimeOffset(2026, 6, 21, 9, 7, 0, TimeSpan.Zero), Boston), 0.5);
        Assert.Equal(-0.8, Sun.ElevationDeg(new DateTimeOffset(2026, 6, 22, 0, 24, 0, TimeSpan.Zero), Boston), 0.5);
        Assert.Equal(71, Sun.ElevationDeg(new DateTimeOffset(2026, 6, 21, 16, 46, 0, TimeSpan.Zero), Boston), 0.5);
    }

    [Theory]
    [InlineData("2026-11-21T23:00:00Z")]
    [InlineData("2026-06-21T16:00:00Z")]
    [InlineData("2026-01-10T09:00:00Z")]
    public void The_last_night_lies_wholly_in_the_past(string text)
    {
        var now = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var (start, end) = Sun.LastNight(now, Boston);
        Assert.True(end < now && now - end < TimeSpan.FromDays(1));
        Assert.InRange((end - start).TotalHours, 7, 15);
        Assert.True(Sun.ElevationDeg(start.AddMinutes(1), Boston) < Sun.NightDeg);
        Assert.True(Sun.ElevationDeg(end.AddMinutes(3), Boston) >= Sun.NightDeg - 0.5);
    }
}
