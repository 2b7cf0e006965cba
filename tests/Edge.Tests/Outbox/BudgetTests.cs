using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>What goes when the disk's share is full, in which order, and what is said about it.</summary>
public class BudgetTests : IDisposable
{
    protected virtual DataKey? Key => null;

    private const int MaxBytes = 64 * 1024;
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Tracks_are_thinned_first_and_every_fix_stays_within_five_metres()
    {
        await using var outbox = Open();
        var driven = await DriveAsync(outbox, 260);
        await SettleAsync(outbox);
        Assert.Equal(0, outbox.Counts.Dropped);
        var tracks = outbox.Waiting(k => k == RecordKind.Track);
        Assert.Contains(tracks, t => t.Record.Track!.ThinnedM is > 0 and <= 5);
        var kept = tracks.SelectMany(t => t.Record.Track!.ToFixes()).OrderBy(f => f.Time).ToList();
        Assert.True(kept.Count < driven.Count);
        Assert.All(driven, f => Assert.InRange(Between(kept, f.Time).DistanceMTo(f.At), 0, 5.2));

        // Exactly what is gone is named, each number once.
        var named = Named(outbox);
        Assert.Equal(named.Count, named.Distinct().Count());
        var here = outbox.Waiting(_ => true).Select(w => w.Id.Seq).ToHashSet();
        Assert.Equal(Enumerable.Range(1, (int)outbox.Waiting(_ => true).Max(w => w.Id.Seq)).Select(s => (long)s).Where(s => !here.Contains(s)), named.Order());
    }

    [Fact]
    public async Task Then_health_goes_then_tracks_and_never_what_is_chained()
    {
        const int Budget = 2 * MaxBytes;
        await using var outbox = Open(Budget);
        for (var i = 0; i < 60; i++) outbox.Append(Drafts.Health(i), RecordPriority.Bulk);
        var kept = 0;
        for (var i = 0; i < 40; i++, kept += 2)
        {
            outbox.Append(Drafts.Action($"a{i}"), RecordPriority.Action);
            outbox.Append(Drafts.Pothole(), RecordPriority.Fault);
        }

        List<RecordKind> order = [];
        for (var block = 0; block < 400; block++)
        {
            outbox.Append(Scribble(block), RecordPriority.Track);
            if (block % 5 > 0) continue;
            await outbox.FlushAsync(default);
            foreach (var kind in outbox.Waiting(k => k == RecordKind.Tombstone).Select(w => w.Record.Tombstone!).Where(t => !t.Reason.StartsWith("thinned", StringComparison.Ordinal)).Select(t => t.Kind))
            {
                if (!order.Contains(kind)) order.Add(kind);
            }
        }

        await SettleAsync(outbox);
        Assert.Equal([RecordKind.Health, RecordKind.Track], order);
        Assert.Equal(kept, outbox.Waiting(k => k is RecordKind.Action or RecordKind.Shock).Count);
        Assert.True(outbox.Counts.Dropped > 0);
        Assert.True(outbox.Counts.Bytes <= Budget, $"{outbox.Counts.Bytes}");
    }

    [Fact]
    public async Task Files_on_disk_stay_within_the_budget_though_chained_records_lie_in_all_of_them()
    {
        const int Budget = 4 * MaxBytes;
        await using var outbox = Open(Budget, segmentBytes: 32 * 1024);
        for (var block = 0; block < 1000; block++)
        {
            outbox.Append(Scribble(block), RecordPriority.Track);
            if (block % 20 == 0) outbox.Append(Drafts.Action($"a{block}"), RecordPriority.Action);
            if (block % 10 == 0) await outbox.FlushAsync(default);
        }

        await Eventually.TrueAsync(
            () =>
            {
                outbox.FlushAsync(default).AsTask().Wait();
                return outbox.Counts.DiskBytes <= Budget;
            },
            "files were written again without what is gone");
        Assert.Equal(50, outbox.Waiting(k => k == RecordKind.Action).Count);
    }

    [Fact]
    public async Task An_old_epoch_counts_too_and_its_tombstones_name_it()
    {
        string old;
        await using (var outbox = Open(maxBytes: 1024 * 1024))
        {
            old = outbox.Epoch;
            await DriveAsync(outbox, 100);
        }

        File.AppendAllText(Directory.GetFiles(folder["outbox"], "*.seg", SearchOption.AllDirectories).Order().Last(), "torn");
        await using var again = Open(maxBytes: 20 * 1024);
        await again.AppendDurableAsync(Drafts.Health(), RecordPriority.Bulk, default);
        await SettleAsync(again);
        Assert.True(again.Counts.Bytes <= 20 * 1024, $"{again.Counts.Bytes}");
        Assert.Contains(again.Waiting(k => k == RecordKind.Tombstone), w => w.Record.Tombstone!.Epoch == old);
    }

    [Fact]
    public async Task A_drop_that_a_crash_interrupts_is_finished_by_its_tombstone()
    {
        await using (var outbox = Open())
        {
            for (var block = 0; block < 300; block++)
            {
                outbox.AppendBlock(Scribble(block), RecordPriority.Track);
                await outbox.FlushAsync(default);
            }

            await SettleAsync(outbox);
            Assert.True(outbox.Counts.Dropped > 0);
        }

        // The note of what was dropped never reached the disk.
        foreach (var notes in Directory.GetFiles(folder["outbox"], "acknowledged", SearchOption.AllDirectories)) File.WriteAllBytes(notes, []);
        foreach (var index in Directory.GetFiles(folder["outbox"], "*.idx", SearchOption.AllDirectories)) File.Delete(index);
        await using var again = Open();
        var here = again.Waiting(_ => true).Select(w => w.Id.Seq).ToHashSet();
        Assert.DoesNotContain(Named(again), here.Contains);
    }

    private static List<long> Named(DiskOutbox outbox) =>
    [
        .. outbox.Waiting(k => k == RecordKind.Tombstone)
            .Select(w => w.Record.Tombstone!)
            .SelectMany(t => t.Ranges ?? [[t.From, t.To]])
            .SelectMany(r => Enumerable.Range((int)r[0], (int)(r[1] - r[0] + 1)).Select(s => (long)s)),
    ];

    private static GeoPoint Between(List<TrackFix> kept, DateTimeOffset time)
    {
        var after = kept.FindIndex(f => f.Time >= time);
        if (kept[after].Time == time) return kept[after].At;
        var (a, b) = (kept[after - 1], kept[after]);
        var share = (time - a.Time) / (b.Time - a.Time);
        var (east, north) = a.At.OffsetMTo(b.At);
        return a.At.MovedByM(east * share, north * share);
    }

    // Streets with corners, at the pace of a city.
    private static async Task<List<TrackFix>> DriveAsync(DiskOutbox outbox, int minutes)
    {
        List<TrackFix> all = [];
        var at = new GeoPoint(42.37, -71.11);
        for (var minute = 0; minute < minutes; minute++)
        {
            List<TrackFix> fixes = [];
            for (var second = 0; second < 60; second++)
            {
                var step = (minute * 60) + second;
                var speed = 4 + (step % 37 * 0.2);
                at = step / 45 % 2 == 0 ? at.MovedByM(speed, 0.3 * Math.Sin(step)) : at.MovedByM(0.3 * Math.Cos(step), speed);
                fixes.Add(new TrackFix(Start.AddSeconds(step), at.Rounded(), speed, step / 45 % 2 == 0 ? 90 : 0, 1.1));
            }

            all.AddRange(fixes);
            outbox.AppendBlock(Drafts.Track() with { Track = Track.FromFixes(fixes) }, RecordPriority.Track);
            await outbox.FlushAsync(default);
        }

        return all;
    }

    // A receiver between high walls: nothing can be left out.
    private static WireRecord Scribble(int block) => Drafts.Track() with
    {
        Track = Track.FromFixes([.. Enumerable.Range(0, 60).Select(s => new TrackFix(
            Start.AddSeconds((block * 60) + s), new GeoPoint(42.37 + (s * s * 7919 % 997 * 1e-6), -71.11 + (s * (s + block) * 6007 % 991 * 1e-6)), s % 13, s * 37 % 360, 4.2))]),
    };

    // Until nothing more is appended, thinned or dropped.
    private static async Task SettleAsync(DiskOutbox outbox)
    {
        OutboxCounts before = default;
        for (var still = 0; still < 3; still = outbox.Counts == before ? still + 1 : 0)
        {
            before = outbox.Counts;
            await outbox.FlushAsync(default);
            await Task.Delay(30);
        }
    }

    private DiskOutbox Open(long maxBytes = MaxBytes, int segmentBytes = 8 * 1024) => DiskOutbox.Open(
        folder["outbox"], new OutboxOptions { MaxBytes = maxBytes, SegmentBytes = segmentBytes, GroupSeconds = 0.01, RewriteSeconds = 0.02 }, NullLogger.Instance, Key);
}
