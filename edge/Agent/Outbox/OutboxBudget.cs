using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Keeps the outbox within its bytes: the oldest tracks, then the oldest health records, go first.</summary>
internal static class OutboxBudget
{
    private static readonly RecordKind[] MayGo = [RecordKind.Track, RecordKind.Health];

    /// <param name="epoch">The epoch that takes records; older ones are rests and are left alone.</param>
    /// <param name="maxBytes">The budget.</param>
    /// <param name="append">Appends the tombstone.</param>
    /// <param name="log">Told of what went.</param>
    /// <returns>How many records were dropped.</returns>
    public static int Apply(EpochFolder epoch, long maxBytes, Action<WireRecord> append, ILogger log)
    {
        if (epoch.WaitingBytes <= maxBytes) return 0;

        // Some way below, so that not each append drops one record and leaves a tombstone for it.
        var excess = epoch.WaitingBytes - maxBytes * 9 / 10;
        var total = 0;
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
            if (StampOf(epoch, going[^1]) is { } stamp)
            {
                append(new WireRecord
                {
                    Seq = 0,
                    Stamp = stamp,
                    Tombstone = new Tombstone(going[0], going[^1], kind, "the outbox's byte budget was full"),
                });
            }

            foreach (var seq in going) epoch.Acknowledge(seq, seq);
            log.Dropped(going.Count, kind.ToString(), going[0], going[^1]);
            total += going.Count;
        }

        return total;
    }

    // The tombstone carries the time of the last record that it stands for, without its place.
    private static Stamp? StampOf(EpochFolder epoch, long seq) =>
        epoch.Read(seq) is { } record ? UpBatchReader.ReadRecord(record).Stamp : null;
}
