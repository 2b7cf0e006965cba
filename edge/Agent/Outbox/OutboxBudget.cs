using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// Keeps the outbox within its bytes: the oldest tracks, then the oldest health records, go first. They go when the
/// tombstone that says so is durable: what a power cut takes is never without a trace.
/// </summary>
/// <param name="folder">The epochs.</param>
/// <param name="maxBytes">The budget.</param>
/// <param name="log">Told of what went.</param>
internal sealed class OutboxBudget(OutboxFolder folder, long maxBytes, ILogger log)
{
    private static readonly RecordKind[] MayGo = [RecordKind.Track, RecordKind.Health];

    private readonly List<Leaving> announced = [];

    private EpochFolder epoch => folder.Current;

    /// <summary>Drops what has its tombstone, and announces more when that is needed.</summary>
    /// <param name="append">Appends a tombstone.</param>
    /// <returns>How many records were dropped.</returns>
    public int Apply(Func<WireRecord, RecordId> append)
    {
        var dropped = 0;
        foreach (var leaving in announced.FindAll(l => l.Tombstone < epoch.Next))
        {
            dropped += Drop(leaving);
            announced.Remove(leaving);
        }

        if (announced.Count == 0 && epoch.WaitingBytes > maxBytes) Announce(append);
        return dropped;
    }

    private void Announce(Func<WireRecord, RecordId> append)
    {
        // Some way below, so that not each append drops one record and leaves a tombstone for it.
        var excess = epoch.WaitingBytes - maxBytes * 9 / 10;
        foreach (var kind in MayGo)
        {
            List<long> going = [];
            foreach (var (seq, state, length) in epoch.WaitingOf(k => k == kind))
            {
                if (excess <= 0) break;
                if (state != RecordEntryState.Ready) continue;
                going.Add(seq);
                excess -= length + Frame.HeaderBytes;
            }

            if (going.Count == 0) continue;
            foreach (var seq in going) epoch.Hold(seq);
            var tombstone = StampOf(going) is { } stamp
                ? append(new WireRecord
                {
                    Seq = 0,
                    Stamp = stamp,
                    Tombstone = new Tombstone(going[0], going[^1], kind, "the outbox's byte budget was full"),
                }).Seq
                : 0;
            announced.Add(new Leaving(tombstone, kind, going));
        }
    }

    private int Drop(Leaving leaving)
    {
        var dropped = 0;
        for (int from = 0, to; from < leaving.Seqs.Count; from = to)
        {
            // Neighbours go together: one note for a run.
            for (to = from + 1; to < leaving.Seqs.Count && leaving.Seqs[to] == leaving.Seqs[to - 1] + 1;) to++;
            dropped += epoch.Acknowledge(leaving.Seqs[from], leaving.Seqs[to - 1]);
        }

        log.Dropped(dropped, leaving.Kind.ToString(), leaving.Seqs[0], leaving.Seqs[^1]);
        return dropped;
    }

    // The tombstone carries the time of the last readable record that it stands for, without its place.
    private Stamp? StampOf(List<long> going)
    {
        for (var i = going.Count - 1; i >= 0; i--)
        {
            if (epoch.Read(going[i]) is { } record) return UpBatchReader.ReadRecord(record).Stamp;
        }

        return null;
    }

    private sealed record Leaving(long Tombstone, RecordKind Kind, List<long> Seqs);
}
