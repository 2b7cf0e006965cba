using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

public sealed class NmeaReceiverTests
{
    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "nmea", name);

    private static PositionOptions At(string name) => new() { Source = "file:" + Data(name), Pace = 1000 };

    private static async Task<(List<Fix> Fixes, SourceHealth Health)> PlayAsync(PositionOptions options)
    {
        var time = new HurriedTime();
        var source = FixSources.Open(options, FixSources.Play(options, time), new DeviceClock(time), time);
        var fixes = new List<Fix>();
        await foreach (var fix in source.ReadAsync(CancellationToken.None)) fixes.Add(fix);
        return (fixes, source.Health);
    }

    [Theory]
    [InlineData("gpsd/bt451.log", 15, "2009-12-09")]
    [InlineData("gpsd/garmin-10x.log", 9, "2010-07-18")]
    [InlineData("gpsd/geos-1m.log", 7, "2010-07-09")]
    [InlineData("gpsd/iTrek.log", 35, "2005-07-27")]
    [InlineData("gpsd/mtk-3301.log", 4, "2008-08-23")]
    [InlineData("gpsd/rst39.log", 41, "2014-02-19")]
    [InlineData("gpsd/rx210.log", 40, "2016-04-03")]
    [InlineData("gpsd/sl869.log", 8, "2012-11-25")]
    [InlineData("gpsd/tomtom-mkII.log", 4, "2010-06-20")]
    public async Task Odd_receivers_give_a_fix_for_each_moment_that_has_one(string log, int expected, string day)
    {
        var (fixes, _) = await PlayAsync(At(log));

        Assert.Equal(expected, fixes.Count);
        Assert.All(fixes, f => Assert.Equal(day, f.FixTime.ToString("yyyy-MM-dd")));
        Assert.All(fixes, f => Assert.True(f.At.IsPlausible));
        Assert.Equal(expected, fixes.Select(f => f.FixTime).Distinct().Count());
    }

    [Fact]
    public async Task A_binary_message_before_a_sentence_does_not_hide_it()
    {
        var (fixes, health) = await PlayAsync(At("gpsd/ublox-8.log"));

        Assert.Equal(new DateTimeOffset(2017, 1, 10, 0, 9, 41, TimeSpan.Zero), fixes[0].FixTime);
        Assert.Equal(1.01, fixes[0].Hdop);
        Assert.Null(fixes[0].CourseDeg);
        Assert.Equal(12, fixes[0].Satellites);
        Assert.True(health.Unreadable > 0);
    }

    [Fact]
    public async Task A_drive_over_midnight_runs_on()
    {
        var (fixes, health) = await PlayAsync(At("reno-midnight.nmea"));

        Assert.Equal(20, fixes.Count);
        Assert.All(fixes.Zip(fixes.Skip(1)), p => Assert.Equal(TimeSpan.FromSeconds(2), p.Second.FixTime - p.First.FixTime));
        Assert.Equal(new DateTimeOffset(2005, 9, 25, 23, 59, 40, TimeSpan.Zero), fixes[0].FixTime);
        Assert.Equal(20, health.Readings);
        Assert.Equal(0, health.Unreadable);
        Assert.False(fixes[0].Replay);
    }

    [Fact]
    public async Task Gaps_are_kept()
    {
        var (fixes, _) = await PlayAsync(At("reno-gap.nmea"));

        Assert.Contains(fixes.Zip(fixes.Skip(1)), p => p.Second.FixTime - p.First.FixTime == TimeSpan.FromSeconds(60));
        Assert.Contains(fixes.Zip(fixes.Skip(1)), p => p.Second.FixTime - p.First.FixTime == TimeSpan.FromSeconds(798));
    }

    [Fact]
    public async Task A_rebased_drive_begins_when_told_and_says_replay()
    {
        var options = At("reno-midnight.nmea");
        options.RebaseTo = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

        var (fixes, _) = await PlayAsync(options);

        Assert.Equal(options.RebaseTo, fixes[0].FixTime);
        Assert.Equal(options.RebaseTo.Value.AddSeconds(38), fixes[^1].FixTime);
        Assert.All(fixes, f => Assert.True(f.Replay));
    }

    [Fact]
    public async Task A_week_roll_over_is_corrected_and_marked()
    {
        var options = At("gpsd/bt451.log");
        options.NotBefore = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var (fixes, _) = await PlayAsync(options);

        Assert.Equal(new DateTimeOffset(2009, 12, 9, 0, 0, 0, TimeSpan.Zero).AddDays(7168).Date, fixes[0].FixTime.Date);
        Assert.All(fixes, f => Assert.True(f.DateCorrected));
    }

    [Fact]
    public async Task A_missing_recording_is_health_not_an_exception()
    {
        var (fixes, health) = await PlayAsync(At("no-such-file.nmea"));

        Assert.Empty(fixes);
        Assert.Equal(SourceState.Missing, health.State);
    }
}
