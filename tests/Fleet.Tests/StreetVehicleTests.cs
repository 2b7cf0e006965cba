using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class StreetVehicleTests
{
    private static readonly DateTimeOffset Wall = new(2026, 3, 4, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_demo_drives_with_a_good_receiver_under_open_sky_and_the_hard_city_with_any()
    {
        var (demo, hard) = (World(Difficulty.Demo), World(Difficulty.Street));
        var names = Enumerable.Range(0, 40).Select(i => $"vehicle-{i}").ToList();
        Assert.All(names, n => Assert.Equal(ReceiverTraits.Usual, demo.Receiver(n)));
        Assert.Equal(hard.Receiver("vehicle-1"), World(Difficulty.Street).Receiver("vehicle-1"));
        Assert.Equal([1, 10], names.Select(n => hard.Receiver(n).RateHz).Distinct().Order());
        Assert.True(names.Max(n => hard.Receiver(n).AgeSeconds) > 0.8);
        Assert.All(demo.City.Graph.Edges, e => Assert.Equal(SkyAbove.Open, demo.SkyOver(e, e.LengthM / 2)));
        var sky = hard.City.Graph.Edges.GroupBy(e => hard.SkyOver(e, e.LengthM / 2)).ToDictionary(g => g.Key, g => g.Sum(e => e.LengthM));
        Assert.InRange(sky[SkyAbove.Canyon] / sky.Values.Sum(), 0.05, 0.15);
        Assert.InRange(sky[SkyAbove.Tunnel] / sky.Values.Sum(), 0.0005, 0.02);
    }

    [Fact]
    public void Sentences_come_as_late_as_the_receiver_is_and_set_the_clock_that_stamps_the_sensors()
    {
        var world = World(Difficulty.Street);
        var vehicle = Enumerable.Range(0, 100).Select(i => $"vehicle-{i}").First(n => world.Receiver(n) is { DelaySeconds: > 0.6, RateHz: 1 });
        var traits = world.Receiver(vehicle);
        var feed = Drive(world, vehicle, seconds: 120);
        Assert.InRange(feed.FixAges.Average(), traits.DelaySeconds - 0.15, traits.DelaySeconds + 0.15);
        Assert.Equal(traits.DelaySeconds, feed.SampleAges.Average(), 0.06);
    }

    [Fact]
    public void In_the_hard_city_vehicles_brake_hard_and_are_slammed_and_in_the_demo_neither()
    {
        var (demo, hard) = (Drive(World(Difficulty.Demo), "v", 900), Drive(World(Difficulty.Street), "v", 900));
        Assert.InRange(demo.HardestBrakeMps2, 0, 3.2);
        Assert.InRange(hard.HardestBrakeMps2, 3.5, 9);
    }

    private static World World(Difficulty difficulty) => new(Cities.Cambridge.Value, 4, difficulty);

    private static AgeFeed Drive(World world, string vehicle, int seconds)
    {
        var time = new ManualTime(Wall);
        var patrol = Districts.Patrols(world.City, world.Router, 1, 4)[0];
        var driver = world.Drive(patrol, 0, 4);
        var clock = new SimulationClock(time, [new(Wall.AddHours(-1), DateTimeOffset.MaxValue)], 1);
        var feed = new AgeFeed(clock, driver);
        clock.Begin();
        var simulated = new SimulatedVehicle(vehicle, clock, world, driver, feed, 4);
        simulated.Advance(TimeSpan.Zero);
        for (var i = 0; i < seconds / Driver.StepSeconds; i++)
        {
            time.Advance(TimeSpan.FromSeconds(Driver.StepSeconds));
            simulated.Advance(TimeSpan.FromSeconds(5));
        }

        return feed;
    }

    // Advanced a step at a time: the clock's present is the end of the step that is fed.
    private sealed class AgeFeed(SimulationClock clock, Driver driver) : ISensorFeed
    {
        public List<double> FixAges { get; } = [];

        public List<double> SampleAges { get; } = [];

        public double HardestBrakeMps2 { get; private set; }

        public void Fix(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites) => FixAges.Add((clock.Now - time).TotalSeconds);

        public void Motion(DateTimeOffset first, TimeSpan step, ReadOnlySpan<(float X, float Y, float Z)> samples)
        {
            SampleAges.Add((clock.Now - (first + step * (samples.Length - 1))).TotalSeconds);
            HardestBrakeMps2 = Math.Max(HardestBrakeMps2, -driver.ForwardMps2);
        }

        public void Light(DateTimeOffset time, double lux)
        {
        }

        public void Flush()
        {
        }
    }
}
