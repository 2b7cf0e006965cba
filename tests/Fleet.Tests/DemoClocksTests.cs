using System.Globalization;
using System.IO.Compression;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Fleet.Recordings;
using ThreeOneOne.Field.Fleet.Sky;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class DemoClocksTests
{
    private static readonly DateTimeOffset Wall = new(2026, 3, 4, 17, 0, 0, TimeSpan.Zero);
    private static readonly GeoPoint Boston = new(42.37, -71.1);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(60)]
    public void Two_hours_without_end_never_run_back_and_never_ahead(double speed)
    {
        var time = new ManualTime(Wall);
        var clocks = new DemoClocks(time, Boston, speed, null, new DemoHistory());
        clocks.Begin();
        var (night, day) = (clocks.Night.Now, clocks.Day.Now);
        var moved = 0;
        for (var second = 0; second < 7200; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(clocks.Night.Now >= night && clocks.Day.Now >= day);
            Assert.True(clocks.Night.Now < time.GetUtcNow() && clocks.Day.Now < time.GetUtcNow());
            Assert.True(Sun.ElevationDeg(clocks.Night.Now, Boston) < Sun.NightDeg + 0.6);
            if (clocks.Night.Now > night) moved++;
            (night, day) = (clocks.Night.Now, clocks.Day.Now);
        }

        Assert.True(moved >= 7199, $"the night stood still for {7200 - moved} s");
        Assert.True(time.GetUtcNow() - day < TimeSpan.FromSeconds(3) || speed == 1);
    }

    [Fact]
    public void Nights_that_are_used_up_go_on_as_days()
    {
        var time = new ManualTime(Wall);
        var clocks = new DemoClocks(time, Boston, 20, null, new DemoHistory());
        clocks.Begin();
        time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(time.GetUtcNow() - TimeSpan.FromSeconds(2), clocks.Night.Now);
    }

    [Fact]
    public void A_further_run_goes_on_where_the_last_one_ended()
    {
        var time = new ManualTime(Wall);
        var first = new DemoClocks(time, Boston, 20, TimeSpan.FromSeconds(60), new DemoHistory());
        first.Begin();
        time.Advance(TimeSpan.FromSeconds(60));
        var history = new DemoHistory { Runs = 1, Day = first.Day.Now, Night = first.Night.Now };
        time.Advance(TimeSpan.FromMinutes(1));
        var second = new DemoClocks(time, Boston, 20, TimeSpan.FromSeconds(60), history);
        Assert.Equal(history.Day, second.Day.Start);
        Assert.Equal(history.Night, second.Night.Start);
        Assert.True(second.Night.Start < first.Day.Start);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(20, false)]
    [InlineData(3, false)]
    public void A_recording_that_starts_over_moves_on_and_stays_in_the_past(double speed, bool lux)
    {
        var time = new ManualTime(Wall);
        var clocks = new DemoClocks(time, Boston, speed, null, new DemoHistory());
        clocks.Begin();
        var drive = new PassPlan(lux ? VehicleRole.LuxDrive : VehicleRole.NmeaDrive, clocks, speed, time);
        DateTimeOffset? ended = null;
        for (var pass = 0; pass < 40; pass++)
        {
            var next = drive.Next(ended);
            Assert.True(ended is null || next.Start >= ended, $"pass {pass} begins {ended - next.Start} back");
            Assert.InRange(next.Pace, 1, speed);
            var plays = next.Plays(drive.Length);
            Assert.True(next.Start + drive.Length < time.GetUtcNow() + plays);
            time.Advance(plays + TimeSpan.FromSeconds(4));
            ended = next.Start + drive.Length;
        }
    }

    [Fact]
    public void Passes_of_the_lux_log_lie_in_nights()
    {
        var time = new ManualTime(Wall);
        var clocks = new DemoClocks(time, Boston, 20, null, new DemoHistory());
        clocks.Begin();
        var drive = new PassPlan(VehicleRole.LuxDrive, clocks, 20, time);
        DateTimeOffset? ended = null;
        for (var began = time.GetUtcNow(); time.GetUtcNow() - began < TimeSpan.FromHours(1); time.Advance(drive.Length / 20 + TimeSpan.FromSeconds(4)))
        {
            var pass = drive.Next(ended);
            Assert.Equal(20, pass.Pace);
            Assert.True(Sun.ElevationDeg(pass.Start, Boston) < Sun.NightDeg && Sun.ElevationDeg(pass.Start + drive.Length, Boston) < Sun.NightDeg + 0.6);
            ended = pass.Start + drive.Length;
        }
    }

    [Theory]
    [InlineData("reno-tahoe-2005.nmea.gz", false)]
    [InlineData(RebuildLuxDrive.Nmea, true)]
    public void Recordings_are_as_long_as_the_demo_believes(string file, bool lux)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Recordings", file)), CompressionMode.Decompress));
        List<DateTimeOffset> times = [];
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            if (!fields[0].EndsWith("RMC", StringComparison.Ordinal) || fields[2] != "A") continue;
            times.Add(DateTimeOffset.ParseExact(fields[9] + fields[1][..6], "ddMMyyHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        }

        var length = AgentSources.Length(lux ? VehicleRole.LuxDrive : VehicleRole.NmeaDrive);
        Assert.InRange((times.Max() - times.Min() - length).TotalSeconds, -2, 2);
    }
}
