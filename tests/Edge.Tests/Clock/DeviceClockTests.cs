using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Clock;

public sealed class DeviceClockTests : IDisposable
{
    private static readonly DateTimeOffset Built = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset True = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly BoardTime board = new(DateTimeOffset.UnixEpoch);
    private int repairs;

    public void Dispose() => folder.Dispose();

    public static TheoryData<DateTimeOffset, ClockSource> WallClocks => new()
    {
        { DateTimeOffset.UnixEpoch, ClockSource.Unset },
        { Built.AddDays(-30), ClockSource.Unset },
        { True, ClockSource.Unknown },
        { True.AddYears(20), ClockSource.Unset },
    };

    [Theory]
    [MemberData(nameof(WallClocks))]
    public void A_wall_clock_that_nobody_stands_behind_says_so(DateTimeOffset wall, ClockSource expected)
    {
        board.Wall = wall;
        var stamp = Clock().StampNow();
        Assert.Equal((expected, wall, (int?)null), (stamp.Clock, stamp.DeviceTime, stamp.UncertaintyMs));
    }

    [Fact]
    public void Resting_between_two_looks_at_the_clocks_moves_no_sample()
    {
        var clock = new DeviceClock(new RestingTime(True));
        var samples = Enumerable.Range(0, 20).Select(i => clock.TimeAt(TimeSpan.FromMilliseconds(i))).ToList();
        Assert.Equal(samples.Order(), samples);
        Assert.Equal(True, clock.MonotonicBegan, TimeSpan.FromMilliseconds(0.1));
    }

    [Fact]
    public void Three_fixes_that_agree_make_the_time_known_also_for_what_was_read_before()
    {
        var clock = Clock();
        var before = board.MonotonicMs;
        Hear(clock, True, fixes: 2);
        Assert.False(clock.IsKnown);
        Hear(clock, True.AddSeconds(2));

        var stamp = clock.Stamp(null, DateTimeOffset.UnixEpoch, before, replay: false);
        Assert.Equal((ClockSource.Gps, True, 1_000), (stamp.Clock, stamp.DeviceTime, stamp.UncertaintyMs));
        Assert.Equal(True.AddSeconds(3), clock.Now);
        Assert.Equal(1, repairs);
        Assert.Equal((True.ToUnixTimeMilliseconds() - before, ClockSource.Gps), (clock.Unreported!.OffsetMs, clock.Unreported.Source));
    }

    [Fact]
    public void Fixes_that_hung_in_a_line_and_a_cold_receivers_calendar_are_not_believed()
    {
        var clock = Clock();
        for (var i = 0; i < 10; i++) clock.Heard(True.AddSeconds(i), board.MonotonicMs);
        Hear(clock, new DateTimeOffset(2007, 4, 6, 0, 0, 0, TimeSpan.Zero), fixes: 5);
        Assert.False(clock.IsKnown);
        Assert.Equal(0, repairs);
    }

    [Fact]
    public void The_system_clock_counts_once_a_time_server_has_set_it()
    {
        var clock = Clock();
        board.Wall = True;
        clock.LookAtNetwork();
        Assert.False(clock.IsKnown);
        Synchronise();
        clock.LookAtNetwork();
        Assert.Equal((ClockSource.Network, True, 500), (clock.Source, clock.Now, clock.StampNow().UncertaintyMs));
    }

    [Fact]
    public void A_synchronised_clock_from_before_the_package_was_built_is_not_believed()
    {
        Synchronise();
        var clock = Clock();
        clock.LookAtNetwork();
        Assert.Equal(ClockSource.Unset, clock.Source);
    }

    [Fact]
    public void Satellites_stand_above_a_time_server_that_says_something_else_while_they_are_heard()
    {
        Synchronise();
        board.Wall = True.AddDays(400);
        var clock = Clock();
        clock.LookAtNetwork();
        Hear(clock, True, fixes: 3);
        clock.LookAtNetwork();
        Assert.Equal((ClockSource.Gps, True.AddSeconds(3)), (clock.Source, clock.Now));
        Assert.Equal(2, repairs);

        board.Pass(TimeSpan.FromHours(2));
        clock.LookAtNetwork();
        Assert.Equal(ClockSource.Network, clock.Source);
    }

    [Fact]
    public void A_repair_is_said_once_and_again_only_when_the_time_moves_beyond_its_bound()
    {
        var clock = Clock();
        Hear(clock, True, fixes: 10);
        clock.Report(clock.Unreported!);
        Hear(clock, True.AddSeconds(10).AddMilliseconds(400), fixes: 10);
        Assert.Equal(1, repairs);
        Assert.Null(clock.Unreported);
        Hear(clock, True.AddSeconds(80), fixes: 10);
        Assert.Equal(2, repairs);
        Assert.NotNull(clock.Unreported);
    }

    [Fact]
    public void The_bound_on_the_error_grows_with_the_drift_of_the_crystal()
    {
        var clock = Clock();
        Hear(clock, True, fixes: 3);
        board.Pass(TimeSpan.FromHours(10));
        Assert.InRange(clock.StampNow().UncertaintyMs!.Value, 4_500, 4_700);
    }

    [Fact]
    public void Certificates_are_verified_at_the_latest_time_that_has_passed_until_the_time_is_known()
    {
        board.Wall = True.AddYears(20);
        var clock = Clock();
        Assert.Equal(Built.AddDays(-1), clock.VerifyAt);
        clock.HasPassed(Built.AddDays(20));
        clock.HasPassed(Built.AddDays(10));
        Assert.Equal(Built.AddDays(20), clock.VerifyAt);
        Hear(clock, True, fixes: 3);
        Assert.Equal(True.AddSeconds(3), clock.VerifyAt);
    }

    [Fact]
    public void A_time_that_was_written_down_wrong_does_not_outlive_the_first_fix()
    {
        var clock = Clock();
        clock.HasPassed(True.AddYears(15));
        Hear(clock, True, fixes: 3);
        Assert.Equal(True.AddSeconds(3), clock.VerifyAt);
    }

    [Fact]
    public void The_program_knows_when_it_was_built() =>
        Assert.InRange(PackageBuild.Time, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeProvider.System.GetUtcNow().AddDays(1));

    private DeviceClock Clock()
    {
        var clock = new DeviceClock(board, boot: "0a1b2c3d", options: new ClockOptions { SynchronizedFile = folder["synchronized"] }, built: Built);
        clock.Repaired += () => repairs++;
        return clock;
    }

    private void Synchronise() => File.WriteAllText(folder["synchronized"], "");

    private void Hear(DeviceClock clock, DateTimeOffset from, int fixes = 1)
    {
        for (var i = 0; i < fixes; i++)
        {
            clock.Heard(from.AddSeconds(i), board.MonotonicMs);
            board.Pass(TimeSpan.FromSeconds(1));
        }
    }
}
