using System.Globalization;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Recordings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class LuxDriveTests
{
    private static readonly DateTimeOffset Start = new(2014, 11, 5, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_log_is_read_whatever_its_line_ends()
    {
        var log = LuxLog.Read("lat1,lon1,lux1\r4221.904,7104.6468,4.23\r4221.9041,7104.6456,2.96\nbroken,,\r\n4222.2481,7104.7423,8.43");
        Assert.Equal(3, log.Count);
        Assert.Equal(42.365067, log[0].At.Latitude, 5);
        Assert.Equal(-71.077447, log[0].At.Longitude, 5);
        Assert.Equal(4.23, log[0].Lux);
    }

    [Fact]
    public void A_drive_passes_every_recorded_street_with_its_own_readings()
    {
        var city = Cities.Grid();
        // Two streets that meet, recorded a reading a metre; lux says where it was taken.
        List<(GeoPoint, double)> log = [];
        for (var x = 101; x < 299; x++) log.Add((city.Plane.ToGeo(new Place(x, 99)), x));
        for (var y = 101; y < 199; y++) log.Add((city.Plane.ToGeo(new Place(201.5, y)), 1000 + y));
        var drive = LuxDrive.Rebuild(city, log.OrderBy(l => l.Item1.Latitude), Start, 1);
        var times = drive.Lux.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(','))
            .Select(f => (Ms: long.Parse(f[0], CultureInfo.InvariantCulture), Lux: double.Parse(f[1], CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(times.OrderBy(t => t.Ms), times);
        Assert.True(times.Select(t => t.Lux).Distinct().Count() > 240, $"{times.Count} readings");
        Assert.InRange(drive.LengthM, 290, 2500);
        Assert.Contains("$GPRMC,01", drive.Nmea, StringComparison.Ordinal);
        // Neighbours on a street follow each other within a second.
        var near = times.Zip(times.Skip(1)).Count(p => Math.Abs(p.First.Lux - p.Second.Lux) <= 2 && p.Second.Ms - p.First.Ms < 2500);
        Assert.True(near > times.Count * 0.9);
    }

    [Fact]
    public void Readings_off_every_street_make_no_drive()
    {
        var city = Cities.Grid();
        var drive = LuxDrive.Rebuild(city, [(city.Plane.ToGeo(new Place(50, 50)), 3)], Start, 1);
        Assert.Equal(0, drive.Readings);
    }
}
