using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.Tracks;
using ThreeOneOne.Field.Edge.Tests.Clock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Tracks;

/// <summary>Fixes on their way into blocks of a minute, with a power cut anywhere.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class TrackCollectorTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private readonly BoardTime time = new(Start);
    private DeviceClock clock = null!;
    private DiskOutbox outbox = null!;
    private ShiftGate gate = null!;
    private ShiftDesk desk = null!;
    private TrackCollector collector = null!;

    public async Task InitializeAsync()
    {
        clock = new DeviceClock(time, ClockSource.Gps, "0a1b2c3d");
        outbox = Open(folder["outbox"]);
        gate = new ShiftGate(VehicleKind.Crewed);
        desk = new ShiftDesk(gate, new StateFile(folder["shift.json"]), outbox, clock);
        await desk.ChangeAsync(ShiftState.On, "crew-1", null, default);
        collector = new TrackCollector(new TracksOptions(), gate, outbox, clock);
    }

    public async Task DisposeAsync()
    {
        desk.Dispose();
        await outbox.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_minute_of_fixes_is_one_record()
    {
        await DriveAsync(0, 150);
        Assert.Equal([60, 60], (await BlocksAsync()).Select(b => b.Track!.DtMs.Length));
        collector.CloseNow();
        var blocks = await BlocksAsync();
        Assert.Equal([60, 60, 30], blocks.Select(b => b.Track!.DtMs.Length));
        Assert.Equal(Seconds(0, 150), SecondsOf(blocks));
        Assert.All(blocks, b => Assert.Equal("crew-1", b.Duty!.Crew));
    }

    [Fact]
    public async Task A_fix_is_on_disk_after_five_seconds_at_every_moment()
    {
        for (var second = 0; second < 140; second++)
        {
            await DriveAsync(second, second + 1);
            // A block that has just become a record is written at once.
            await outbox.FlushAsync(default);
            var found = SecondsOf(await AfterPowerCutAsync());
            Assert.Equal(Seconds(0, found.Count), found);
            Assert.InRange(second + 1 - found.Count, 0, 4);
        }
    }

    [Fact]
    public async Task A_break_ends_the_block_and_what_was_saved_of_it_is_not_sent_twice()
    {
        await DriveAsync(0, 20);
        await desk.ChangeAsync(ShiftState.Off, null, null, default);
        collector.CloseNow();
        await DriveAsync(20, 30);
        await outbox.FlushAsync(default);
        Assert.Equal(Seconds(0, 20), SecondsOf(await BlocksAsync()));
        Assert.Equal(Seconds(0, 20), SecondsOf(await AfterPowerCutAsync()));
    }

    [Fact]
    public async Task A_draft_that_became_a_record_stays_one_when_the_record_is_long_acknowledged()
    {
        await DriveAsync(0, 30);
        collector.CloseNow();
        await outbox.FlushAsync(default);
        outbox.Acknowledge(outbox.Epoch, [(1, 100)]);
        Assert.Empty(await AfterPowerCutAsync());
    }

    [Fact]
    public async Task A_draft_is_found_again_also_when_the_epoch_is_renewed()
    {
        await DriveAsync(0, 30);
        await CutAsync(folder["copy"]);
        var segment = Assert.Single(Directory.GetFiles(folder["copy"], "*.seg", SearchOption.AllDirectories));
        await File.AppendAllTextAsync(segment, "torn");
        await using var again = Open(folder["copy"]);
        Assert.NotEqual(outbox.Epoch, again.Epoch);
        await again.FlushAsync(default);
        Assert.Equal(Seconds(0, 28), SecondsOf(Blocks(again)));
    }

    private static List<DateTimeOffset> Seconds(int from, int to) => [.. Enumerable.Range(from, to - from).Select(s => Start.AddSeconds(s))];

    private static List<DateTimeOffset> SecondsOf(IEnumerable<WireRecord> blocks) =>
        [.. blocks.SelectMany(b => b.Track!.ToFixes()).Select(f => f.Time)];

    private static List<WireRecord> Blocks(DiskOutbox outbox) => [.. outbox.Waiting(k => k == RecordKind.Track).Select(w => w.Record)];

    private async Task DriveAsync(int from, int to)
    {
        for (var second = from; second < to; second++)
        {
            collector.Add(ScriptedFixes.At(42.37 + (second * 1e-5), -71.11, second, clock));
            time.Pass(TimeSpan.FromSeconds(0.5));
            await collector.TendAsync(default);
            time.Pass(TimeSpan.FromSeconds(0.5));
            await collector.TendAsync(default);
        }
    }

    private async Task<List<WireRecord>> BlocksAsync()
    {
        await outbox.FlushAsync(default);
        return Blocks(outbox);
    }

    // What is in the files now, as a process finds it that starts after the power came back.
    private async Task<List<WireRecord>> AfterPowerCutAsync()
    {
        await CutAsync(folder["copy"]);
        await using var again = Open(folder["copy"]);
        await again.FlushAsync(default);
        return Blocks(again);
    }

    private async Task CutAsync(string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        File.Delete(to + ".witness");
        foreach (var path in Directory.GetFiles(folder["outbox"], "*", SearchOption.AllDirectories).Where(p => Path.GetFileName(p) != "lock"))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(folder["outbox"], path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var target = File.Create(copy);
            await source.CopyToAsync(target);
        }
    }

    private static DiskOutbox Open(string path) =>
        DiskOutbox.Open(path, new OutboxOptions { GroupSeconds = 0.02 }, NullLogger.Instance);
}
