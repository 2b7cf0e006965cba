using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class SimulationTests
{
    private static readonly DateTimeOffset Wall = new(2026, 3, 4, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Simulated_time_runs_fast_and_never_lies_in_the_future()
    {
        var time = new ManualTime(Wall);
        var clock = new SimulationClock(time, Open(Wall.AddMinutes(-10)), 20);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(clock.Start, clock.Now);
        clock.Begin();
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(Wall.AddMinutes(-5), clock.Now);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(clock.Now < time.GetUtcNow());
        var caughtUp = clock.Now;
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(caughtUp.AddSeconds(1), clock.Now);
    }

    [Fact]
    public void A_night_ends_and_a_stopped_clock_stands()
    {
        var time = new ManualTime(Wall);
        var night = new SimulationClock(time, [new(Wall.AddHours(-9), Wall.AddHours(-9).AddMinutes(1))], 20);
        var stopped = new SimulationClock(time, Open(Wall.AddHours(-9)), 20);
        night.Begin();
        stopped.Begin();
        time.Advance(TimeSpan.FromSeconds(2));
        stopped.Stop();
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(Wall.AddHours(-9).AddMinutes(1), night.Now);
        Assert.Equal(Wall.AddHours(-9).AddSeconds(40), stopped.Now);
    }

    [Fact]
    public void A_vehicle_gives_a_fix_a_second_a_hundred_samples_and_ten_readings()
    {
        var time = new ManualTime(Wall);
        var world = new World(Cities.Cambridge.Value, 4);
        var patrol = Districts.Patrols(world.City, world.Router, 1, 4)[0];
        var feed = new CountingFeed();
        var clock = new SimulationClock(time, Open(Wall.AddHours(-1)), 10);
        clock.Begin();
        var vehicle = new SimulatedVehicle("v", clock, world, world.Drive(patrol, 0, 4), feed, 4);
        for (var i = 0; i < 100; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            vehicle.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(feed.Fixes.Count, 98, 101);
        Assert.InRange(feed.Samples, 9_900, 10_100);
        Assert.InRange(feed.Lux, 990, 1010);
        Assert.All(feed.Fixes.Zip(feed.Fixes.Skip(1)), p => Assert.Equal(TimeSpan.FromSeconds(1), p.Second - p.First));
        Assert.True(feed.Fixes[^1] < time.GetUtcNow());
    }

    [Fact]
    public void Districts_have_loops_of_a_few_minutes()
    {
        var world = new World(Cities.Cambridge.Value, 4);
        var patrols = Districts.Patrols(world.City, world.Router, 8, 4);
        Assert.All(patrols, p => Assert.InRange(p.LengthM, 500, 2500));
        Assert.Equal(patrols[0].Loop.Select(e => e.Index), Districts.Patrols(world.City, world.Router, 3, 4)[0].Loop.Select(e => e.Index));
    }

    [Fact]
    public void From_the_end_of_a_night_a_vehicle_goes_on_in_the_next_without_driving_the_day()
    {
        var time = new ManualTime(Wall);
        var world = new World(Cities.Cambridge.Value, 4);
        var patrol = Districts.Patrols(world.City, world.Router, 1, 4)[0];
        var feed = new CountingFeed();
        var (first, second) = (Wall.AddDays(-2), Wall.AddDays(-1));
        var clock = new SimulationClock(time, [new(first, first.AddMinutes(1)), new(second, second.AddHours(1))], 10);
        clock.Begin();
        var vehicle = new SimulatedVehicle("v", clock, world, world.Drive(patrol, 0, 4), feed, 4);
        for (var i = 0; i < 100; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            vehicle.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.All(feed.Fixes.Zip(feed.Fixes.Skip(1)), p => Assert.True(p.First < p.Second));
        Assert.DoesNotContain(feed.Fixes, f => f > first.AddMinutes(1) && f < second);
        Assert.InRange(feed.Fixes.Count(f => f >= second), 35, 41);
    }

    private static TimeWindow[] Open(DateTimeOffset start) => [new(start, DateTimeOffset.MaxValue)];

    private sealed class CountingFeed : ISensorFeed
    {
        public List<DateTimeOffset> Fixes { get; } = [];

        public int Samples { get; private set; }

        public int Lux { get; private set; }

        public void Fix(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites) => Fixes.Add(time);

        public void Motion(DateTimeOffset first, TimeSpan step, ReadOnlySpan<(float X, float Y, float Z)> samples) => Samples += samples.Length;

        public void Light(DateTimeOffset time, double lux) => Lux++;

        public void Flush()
        {
            // Nothing is collected.
        }
    }
}
