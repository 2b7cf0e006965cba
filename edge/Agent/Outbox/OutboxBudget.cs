using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// Keeps the outbox within its bytes. First tracks are thinned, oldest first: their curve stays within
/// <see cref="TrackThinning.ErrorM"/>. Then health records go, then tracks, then observations that are neither shocks nor
/// dark lamps. What is a link of the chain never goes. Nothing goes before the tombstone that names it is durable.
/// </summary>
/// <param name="folder">The epochs; old ones count and are thinned like the one that takes records.</param>
/// <param name="maxBytes">The budget.</param>
/// <param name="log">Told of what went.</param>
internal sealed class OutboxBudget(OutboxFolder folder, long maxBytes, ILogger log)
{
    /// <summary>Share of the budget above which records go; the rest is for what is acknowledged and not yet rewritten.</summary>
    public const double From = 0.8;

    // Some way below, so that not each append drops one record and leaves a tombstone for it.
    private const double DownTo = 0.7;

    // The lock is held: so much at a time.
    private const int MostThinned = 240;
    private const int MostDropped = 4_000;
    private const int MostRanges = 400;

    // Where what may not go fills the budget, a tombstone for each record that comes would be all that is gained.
    private const long LeastGain = 4 * 1024;

    private static readonly Func<RecordEntry, bool>[] MayGo =
    [
        e => e.Kind == RecordKind.Health,
        e => e.Kind == RecordKind.Track,
        e => e.Kind is RecordKind.Roughness or RecordKind.Lamp,
    ];

    private Thinning? announced;
    private RecordId? last;
    private bool over;

    /// <summary>Takes the next step, when one is due; called after each durable group.</summary>
    /// <param name="append">Appends a record and what it takes the place of.</param>
    public void Apply(Func<WireRecord, RecordPriority, Origin?, RecordId> append)
    {
        if (announced is not null)
        {
            if (!IsDurable(announced.Tombstone)) return;
            Replace(announced, append);
            announced = null;
            return;
        }

        // What was dropped before is gone only when its tombstone is durable.
        if (last is { } tombstone && !IsDurable(tombstone)) return;
        over = folder.WaitingBytes > maxBytes * (over ? DownTo : From);
        if (!over || Announce(append)) return;
        var excess = folder.WaitingBytes - (long)(maxBytes * DownTo);
        foreach (var may in MayGo)
        {
            var dropped = false;
            foreach (var epoch in folder.Epochs.ToList()) dropped |= Drop(epoch, may, ref excess, append);
            if (dropped) return;
        }
    }

    private bool Announce(Func<WireRecord, RecordPriority, Origin?, RecordId> append)
    {
        foreach (var epoch in folder.Epochs)
        {
            List<long> seqs = [.. epoch
                .WaitingOf(k => k == RecordKind.Track)
                .Where(w => w.Entry.State == RecordEntryState.Ready && (w.Entry.Flags & (FrameFlags.Thinned | FrameFlags.Kept | FrameFlags.Sent)) == 0)
                .Take(MostThinned)
                .Select(w => w.Seq)];
            var tracks = TrackThinning.Of(seqs.Select(s => (Seq: s, Record: Read(epoch, s))).Where(t => t.Record is not null).Select(t => (t.Seq, t.Record!)));
            foreach (var seq in seqs.Except(tracks.SelectMany(t => t.Of))) epoch.Keep(seq);
            if (tracks.Count == 0) continue;
            List<long> all = [.. tracks.SelectMany(t => t.Of).Order()];
            foreach (var seq in all) epoch.Hold(seq);
            Say(epoch, all, RecordKind.Track, $"thinned to {TrackThinning.ErrorM} m, because the outbox's byte budget was full", append, origin: null);
            announced = new Thinning(epoch, tracks, last!.Value);
            return true;
        }

        return false;
    }

    private void Replace(Thinning thinning, Func<WireRecord, RecordPriority, Origin?, RecordId> append)
    {
        foreach (var track in thinning.Tracks)
        {
            // Sent before the start and acknowledged only now: the hub has them whole.
            if (!track.Of.All(thinning.Epoch.IsWaiting)) continue;
            last = append(track.Record, RecordPriority.Track, new Origin { Epoch = thinning.Epoch.Epoch, Ranges = Ranges([.. track.Of]) });
        }

        log.Thinned(thinning.Tracks.Sum(t => t.Of.Count), thinning.Tracks.Count);
    }

    private bool IsDurable(RecordId id) => folder.Find(id.Epoch) is not { } epoch || id.Seq < epoch.Next;

    private bool Drop(EpochFolder epoch, Func<RecordEntry, bool> may, ref long excess, Func<WireRecord, RecordPriority, Origin?, RecordId> append)
    {
        List<long> going = [];
        RecordKind? kind = null;
        foreach (var (seq, entry) in epoch.WaitingOf(_ => true))
        {
            if (excess <= 0 || going.Count == MostDropped) break;
            if (entry.State != RecordEntryState.Ready || entry.Flags.HasFlag(FrameFlags.Chained) || !may(entry) || (kind ?? entry.Kind) != entry.Kind) continue;
            kind = entry.Kind;
            going.Add(seq);
            excess -= entry.Length + Frame.HeaderBytes;
        }

        if (going.Sum(s => (long)epoch.EntryOf(s).Length) < LeastGain) return false;
        foreach (var seq in going) epoch.Hold(seq);
        Say(epoch, going, kind!.Value, "the outbox's byte budget was full", append, origin: new Origin { Epoch = epoch.Epoch });
        log.Dropped(going.Count, kind.Value.ToString(), going[0], going[^1]);
        return true;
    }

    // Each tombstone says exactly what goes; dropped records go when it is durable, by its own frame.
    private void Say(EpochFolder epoch, List<long> going, RecordKind kind, string reason, Func<WireRecord, RecordPriority, Origin?, RecordId> append, Origin? origin)
    {
        var stamp = StampOf(epoch, going);
        foreach (var ranges in Ranges(going).Chunk(MostRanges))
        {
            var tombstone = new Tombstone(
                ranges[0][0], ranges[^1][1], kind, reason, ranges.Length == 1 ? null : ranges, epoch == folder.Current ? null : epoch.Epoch);
            last = append(new WireRecord { Seq = 0, Stamp = stamp, Tombstone = tombstone }, RecordPriority.Fault, origin is null ? null : origin with { Ranges = ranges });
        }
    }

    // The time of the last readable record that goes, without its place.
    private static Stamp StampOf(EpochFolder epoch, List<long> going)
    {
        for (var i = going.Count - 1; i >= 0; i--)
        {
            if (Read(epoch, going[i]) is { } record) return record.Stamp with { FixTime = null };
        }

        return new Stamp { DeviceTime = DateTimeOffset.UnixEpoch, Boot = "00000000", MonotonicMs = 0, Clock = ClockSource.Unset };
    }

    private static WireRecord? Read(EpochFolder epoch, long seq) => epoch.Read(seq) is { } record ? UpBatchReader.ReadRecord(record) : null;

    private static long[][] Ranges(List<long> seqs)
    {
        List<long[]> ranges = [];
        foreach (var seq in seqs)
        {
            if (ranges.Count > 0 && ranges[^1][1] == seq - 1) ranges[^1][1] = seq;
            else ranges.Add([seq, seq]);
        }

        return [.. ranges];
    }

    private sealed record Thinning(EpochFolder Epoch, IReadOnlyList<ThinnedTrack> Tracks, RecordId Tombstone);
}
