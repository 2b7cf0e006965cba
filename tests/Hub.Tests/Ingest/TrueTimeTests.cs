using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

public sealed class TrueTimeTests
{
    private const long Hour = 3_600_000;
    private static readonly long Now = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Zero = Now - 5 * Hour;

    private readonly TrueTime times = new(new IngestOptions());

    public static TheoryData<long, ClockSource, long> WithoutRepair => new()
    {
        { 0, ClockSource.Unset, Now },
        { 0, ClockSource.Unknown, Now },
        { Now - 30 * 24 * Hour, ClockSource.Unset, Now },
        { Now + 20L * 365 * 24 * Hour, ClockSource.Unknown, Now },
        { Now + 20L * 365 * 24 * Hour, ClockSource.Network, Now },
        { Now - Hour, ClockSource.Network, Now - Hour },
        { Now - Hour, ClockSource.Unknown, Now - Hour },
    };

    [Theory]
    [MemberData(nameof(WithoutRepair))]
    public void Without_a_repair_a_wall_clock_that_nobody_set_gives_way_to_the_arrival(long deviceMs, ClockSource clock, long expected) =>
        Assert.Equal(expected, times.MsOf(Unsure(deviceMs, clock), []));

    [Fact]
    public void A_repair_stands_above_every_wall_clock()
    {
        Assert.Equal(Zero + Hour, times.MsOf(Unsure(0, ClockSource.Unset), [new BootOffset(2 * Hour, Zero, 1_000)]));
        Assert.Equal(Zero + Hour, times.MsOf(Unsure(Now - 2 * Hour, ClockSource.Network), [new BootOffset(2 * Hour, Zero, 1_000)]));
    }

    [Fact]
    public void Of_several_repairs_the_one_counts_that_errs_least_at_that_moment_in_any_order()
    {
        BootOffset[] repairs = [new(Hour, Zero, 5_000), new(2 * Hour, Zero + 700, 1_000), new(30 * 24 * Hour, Zero + 60_000, 1_000)];
        Assert.Equal(Zero + 700 + Hour, times.MsOf(Unsure(0, ClockSource.Unset), repairs));
        Assert.Equal(Zero + 700 + Hour, times.MsOf(Unsure(0, ClockSource.Unset), [.. repairs.Reverse()]));
    }

    [Fact]
    public void A_repair_into_the_future_is_passed_over() =>
        Assert.Equal(Now, times.MsOf(Unsure(0, ClockSource.Unset), [new BootOffset(0, Zero + 24 * Hour, 1)]));

    [Fact]
    public void Gps_time_stands_unless_it_cannot_be()
    {
        var fix = DateTimeOffset.FromUnixTimeMilliseconds(Now - Hour);
        Assert.Equal(Now - Hour, times.FixMs(Sample.Stamp(time: fix), Now));
        Assert.Null(times.FixMs(Sample.Stamp(time: fix.AddDays(-1024 * 7)), Now));
        Assert.Null(times.FixMs(Sample.Stamp(time: fix.AddYears(20)), Now));
        Assert.Null(times.FixMs(Sample.Stamp(time: fix) with { Replay = true }, Now));
    }

    [Fact]
    public async Task Work_from_1970_and_from_twenty_years_ahead_is_not_kept_aside()
    {
        await using var hub = await TestHub.StartAsync(change: s => s.AddClockRepairs(new IngestOptions()));
        await hub.RegisterAsync();
        var far = DateTimeOffset.UnixEpoch.AddYears(76);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(
            Action(1, DateTimeOffset.UnixEpoch), Action(2, far),
            Sample.Health(3) with { Stamp = Wild(far) },
            new WireRecord { Seq = 4, Stamp = Wild(far), Duty = Sample.Duty, Shift = new ShiftChange("shift-1", "crew-1", ShiftState.On, ["m7"]) },
            new WireRecord { Seq = 5, Stamp = Wild(far), Tombstone = new Tombstone(1, 2, RecordKind.Health, "full") },
            new WireRecord { Seq = 6, Stamp = Wild(far), Clock = new ClockRepair("0a1b2c3d", Zero, 1_000, ClockSource.Gps) }));
        await hub.DrainedAsync();
        Assert.Equal(0, await hub.AsideAsync(AsideReason.FutureDated));
        Assert.Equal(6, await hub.FigureAsync("readings"));
        var repairs = await hub.Database.WriteAsync(scope => ClockRepairStore.Of(scope, Sample.Vehicle, "0a1b2c3d"), WritePriority.Interactive, default);
        Assert.Equal(new BootOffset(2_000, Zero, 1_000), Assert.Single(repairs));
    }

    private static Stamp Wild(DateTimeOffset device) => Sample.Stamp(2_000) with { FixTime = null, DeviceTime = device, Clock = ClockSource.Unset };

    private static WireRecord Action(long seq, DateTimeOffset device) => new()
    {
        Seq = seq, Stamp = Wild(device), Duty = Sample.Duty, Action = new CrewAction { Id = $"a{seq}", Kind = CrewActionKind.Complete, Order = "o1" },
    };

    private static UnsureTime Unsure(long deviceMs, ClockSource clock) => new() { MonotonicMs = Hour, DeviceMs = deviceMs, Clock = clock, ReceivedMs = Now };
}
