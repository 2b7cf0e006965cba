using ThreeOneOne.Field.Fleet.City;
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

    [Fact]
    public void Lamps_of_a_hard_city_hang_up_to_four_metres_from_their_poles()
    {
        var city = Cities.Grid();
        var lighting = new StreetLighting(city, 1, LightConditions.Hard);
        var off = city.Poles.Select(p => p.At.DistanceTo(lighting.TruePlace(p.Id))).ToList();

        Assert.All(off, o => Assert.InRange(o, 0, 4.001));
        Assert.True(off.Average() > 1.5);
        Assert.All(city.Poles, p => Assert.Equal(p.At, new StreetLighting(city, 1).TruePlace(p.Id)));
    }

    [Fact]
    public void A_dim_lamp_gives_its_share_and_a_cycling_one_comes_and_goes()
    {
        var city = Cities.Grid();
        var lighting = new StreetLighting(city, 1);
        var pole = city.Poles[4];
        double Above(DateTimeOffset at) => lighting.LuxAt(pole.At, false, at) - lighting.LuxAt(new Place(-500, -500), false, at);
        var usual = Above(Night);
        lighting.Put(pole.Id, new LampFault(LampFaultKind.Dim, Night, DateTimeOffset.MaxValue, 0.3));
        Assert.Equal(usual, Above(Night.AddSeconds(-30)), 0.01);
        Assert.InRange(Above(Night.AddMinutes(1)) / usual, 0.25, 0.4);

        lighting.Put(pole.Id, new LampFault(LampFaultKind.Cycling, Night, DateTimeOffset.MaxValue));
        var seen = Enumerable.Range(1, 60).Select(minute => Above(Night.AddMinutes(minute)) > usual / 2).ToList();
        Assert.InRange(seen.Count(lit => lit), 30, 50);
        Assert.True(seen.Zip(seen.Skip(1)).Count(p => p.First != p.Second) >= 8);
    }

    [Fact]
    public void A_day_burner_burns_when_the_others_have_gone()
    {
        var city = Cities.Grid();
        var lighting = new StreetLighting(city, 1);
        var noon = new DateTimeOffset(2026, 3, 4, 17, 0, 0, TimeSpan.Zero);
        var pole = city.Poles[4];
        var before = lighting.LuxAt(pole.At, false, noon);
        lighting.Put(pole.Id, new LampFault(LampFaultKind.DayBurner, noon.AddDays(-1), DateTimeOffset.MaxValue));

        Assert.True(lighting.LuxAt(pole.At, false, noon) > before + 5);
        Assert.True(lighting.LuxAt(pole.At, false, noon) < before * 1.01, "and nobody could measure it");
    }

    [Fact]
    public void The_moon_is_full_when_the_almanac_says()
    {
        // Full on 26 October 2026 at 04:12 UTC, new on 9 November.
        Assert.InRange(Moon.Lux(new DateTimeOffset(2026, 10, 26, 4, 12, 0, TimeSpan.Zero), Boston), 0.15, 0.25);
        Assert.InRange(Moon.Lux(new DateTimeOffset(2026, 11, 9, 17, 0, 0, TimeSpan.Zero), Boston), 0, 0.001);
    }
}
