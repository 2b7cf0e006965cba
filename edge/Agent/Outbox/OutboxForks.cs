using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// Records that the hub has under the same number with another content: the folder was restored from a backup, or the card
/// copied. They get new names in a new epoch. Only what the hub named moves: another record of the epoch may already be
/// at the hub, and under a second name would count twice.
/// </summary>
internal sealed class OutboxForks(OutboxFolder folder, ILogger log)
{
    private readonly Dictionary<string, SortedSet<long>> asked = [];
    private readonly Dictionary<RecordId, RecordId> moved = [];

    public bool AreAsked => asked.Count > 0;

    /// <summary>True when the epoch that takes records is among those that fork.</summary>
    public bool NeedNewEpoch => asked.ContainsKey(folder.Current.Epoch);

    /// <summary>Notes what is to be moved; what is not waiting (any more) is left out.</summary>
    public void Ask(string epoch, IEnumerable<long> seqs)
    {
        if (folder.Find(epoch) is not { } from) return;
        var waiting = seqs.Where(from.IsWaiting).ToList();
        if (waiting.Count == 0) return;
        if (!asked.TryGetValue(epoch, out var all)) asked[epoch] = all = [];
        all.UnionWith(waiting);
        foreach (var seq in waiting) from.Hold(seq);
    }

    /// <summary>Appends what was asked for to the epoch that takes records; each frame says what it replaces.</summary>
    public void Move(Func<WireRecord, RecordPriority, Origin?, RecordId> append)
    {
        foreach (var (epoch, seqs) in asked)
        {
            var from = folder.Find(epoch);
            foreach (var seq in seqs.Where(s => from?.IsWaiting(s) == true))
            {
                if (from!.Read(seq) is not { } record)
                {
                    from.GiveUp(seq);
                    continue;
                }

                var id = append(UpBatchReader.ReadRecord(record), from.EntryOf(seq).Priority, new Origin { Epoch = epoch, Ranges = [[seq, seq]] });
                moved[new RecordId(epoch, seq)] = id;
            }

            log.Forked(epoch, seqs.Count, folder.Current.Epoch);
        }

        asked.Clear();
    }

    /// <summary>The name that a record has now.</summary>
    public RecordId NameOf(RecordId id)
    {
        while (moved.TryGetValue(id, out var now)) id = now;
        return id;
    }
}
