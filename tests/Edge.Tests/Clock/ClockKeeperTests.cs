using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Clock;

public sealed class ClockKeeperTests : IDisposable
{
    private static readonly DateTimeOffset Built = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset True = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly BoardTime board = new(DateTimeOffset.UnixEpoch);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_repair_is_appended_once_a_boot_and_the_time_outlives_a_restart_and_a_reboot()
    {
        var offset = True.ToUnixTimeMilliseconds() - board.MonotonicMs;
        await RunAsync("0000b001", clock => !clock.IsKnown, tells: false);
        await RunAsync("0000b001", clock => clock.IsKnown, tells: true);
        Assert.Equal(new ClockRepair("0000b001", offset, 1_000, ClockSource.Gps), Assert.Single(Repairs()).Record.Clock);

        // The agent starts again: the boot goes on, and so does what is known of it.
        await RunAsync("0000b001", clock => clock.Now == True.AddSeconds(3), tells: false);
        Assert.Single(Repairs());

        // A reboot without satellites: the time is unknown, but the past has passed.
        board.Wall = DateTimeOffset.UnixEpoch;
        board.MonotonicMs = 3_000;
        await RunAsync("0000b002", clock => !clock.IsKnown && clock.VerifyAt >= True && clock.VerifyAt <= True.AddSeconds(3) && clock.Source == ClockSource.Unset, tells: false);
        Assert.Single(Repairs());
    }

    [Fact]
    public async Task Recordings_do_not_set_the_clock()
    {
        await RunAsync("0000b001", clock => !clock.IsKnown, tells: true, recorded: true);
        Assert.Empty(Repairs());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"lastMs\":")]
    public async Task A_note_that_cannot_be_read_costs_only_the_note(string note)
    {
        await File.WriteAllTextAsync(folder["clock.json"], note);
        await RunAsync("0000b001", clock => clock.VerifyAt == Built.AddDays(-1), tells: false);
    }

    private async Task RunAsync(string boot, Func<DeviceClock, bool> expected, bool tells, bool recorded = false)
    {
        using var stop = new CancellationTokenSource();
        await using var outbox = Open();
        var clock = new DeviceClock(board, boot: boot, options: new ClockOptions { SynchronizedFile = "" }, built: Built);
        using var keeper = new ClockKeeper(new ClockOptions { LookSeconds = 0.05 }, folder["clock.json"], clock, outbox, NullLogger.Instance);
        var running = keeper.RunAsync(stop.Token);
        for (var i = 0; tells && i < 3; i++)
        {
            keeper.Heard(new Fix { FixTime = True.AddSeconds(i), DeviceTime = board.Wall, MonotonicMs = board.MonotonicMs, At = new GeoPoint(42.37, -71.1), TellsTime = !recorded });
            board.Pass(TimeSpan.FromSeconds(1));
        }

        await Eventually.TrueAsync(() => expected(clock) && clock.Unreported is null, "the clock is as expected");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private DiskOutbox Open() => DiskOutbox.Open(folder["outbox"], new OutboxOptions { GroupSeconds = 0.02 }, NullLogger.Instance);

    private List<(RecordId Id, WireRecord Record)> Repairs()
    {
        var outbox = Open();
        try
        {
            return [.. outbox.Waiting(k => k == RecordKind.Clock)];
        }
        finally
        {
            outbox.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
