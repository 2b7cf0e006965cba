using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class DriverTests
{
    private static Driver Start(CityMap city, int seed = 3)
    {
        var router = new Router(city.Graph);
        var centre = city.Graph.Nodes[city.Graph.Core.Order().ElementAt(city.Graph.Core.Count / 2)];
        var random = new Random(seed);
        var patrol = Patrol.Around(router, centre, 350, 5, random);
        return new Driver(router, patrol.Loop[0], patrol.After, new LegPlanner(city.Graph, _ => []), random);
    }

    [Fact]
    public void Vehicles_drive_along_streets_at_plausible_speeds()
    {
        var driver = Start(Cities.Cambridge.Value);
        var metres = 0.0;
        var fastest = 0.0;
        var before = driver.At;
        for (var i = 0; i < 10 * 60 * 20; i++)
        {
            driver.Step();
            var step = before.DistanceTo(driver.At);
            Assert.True(step < 6, $"jumped {step:0.0} m");
            Assert.InRange(driver.ForwardMps2, -3.2, 1.6);
            Assert.True(driver.Edge.Nearest(driver.At).DistanceM < 8);
            metres += driver.SpeedMps * Driver.StepSeconds;
            fastest = Math.Max(fastest, driver.SpeedMps);
            before = driver.At;
        }

        Assert.InRange(fastest, 7, 13);
        Assert.InRange(metres / (60 * 20), 3.5, 9.5);
    }

    [Fact]
    public void The_same_seed_drives_the_same_way()
    {
        var a = Start(Cities.Cambridge.Value, 5);
        var b = Start(Cities.Cambridge.Value, 5);
        for (var i = 0; i < 3000; i++)
        {
            a.Step();
            b.Step();
        }

        Assert.Equal(a.At, b.At);
    }

    [Fact]
    public void A_driver_with_a_job_stops_beside_it_and_returns_to_the_loop()
    {
        var city = Cities.Grid();
        var driver = Start(city);
        var job = new Place(452, 508);
        Assert.True(driver.DriveTo(job));
        for (var i = 0; i < 6000 && !driver.AtGoal; i++) driver.Step();
        Assert.True(driver.AtGoal);
        Assert.Equal(0, driver.SpeedMps, 0.3);
        Assert.True(driver.At.DistanceTo(job) < 20, $"{driver.At.DistanceTo(job):0} m away");
        driver.Resume();
        var stopped = driver.At;
        for (var i = 0; i < 600; i++) driver.Step();
        Assert.True(driver.At.DistanceTo(stopped) > 20);
    }

    [Fact]
    public void Receivers_are_off_by_metres_and_wander_slowly()
    {
        var receiver = new GpsReceiver(new Random(9));
        var errors = new List<double>();
        var steps = new List<double>();
        Place? before = null;
        for (var i = 0; i < 4000; i++)
        {
            var (at, hdop, _) = receiver.Measure(new Place(0, 0), 0, 0, 1);
            errors.Add(at.DistanceTo(new Place(0, 0)));
            if (before is { } b) steps.Add(b.DistanceTo(at));
            before = at;
            Assert.InRange(hdop, 0.6, 3);
        }

        Assert.InRange(errors.Average(), 1.5, 4);
        Assert.True(steps.Average() < 1);
    }

    [Fact]
    public void Nmea_sentences_carry_their_checksum_and_place()
    {
        var time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 250, TimeSpan.Zero);
        var text = NmeaWriter.Sentences(time, new Wire.GeoPoint(42.373577, -71.099662), 10, 271.26, 0.9, 10);
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        foreach (var line in lines)
        {
            var body = line[1..line.IndexOf('*')];
            Assert.Equal(body.Aggregate(0, (a, c) => a ^ c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture), line[^2..]);
        }

        Assert.StartsWith("$GPRMC,050607.25,A,4222.41462,N,07105.97972,W,19.44,271.3,040326,", lines[0], StringComparison.Ordinal);
    }
}
