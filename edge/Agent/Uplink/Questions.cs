using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// What the hub is asked about batches that may have arrived, one question at a time. Not thread-safe; the lane locks.
/// </summary>
internal sealed class Questions(DiskOutbox outbox)
{
    // A hub that has answered before is only slow or far; one that never has may not know how.
    private const int MostOfAnswering = 6;
    private const int MostOfStranger = 2;

    private bool hubAnswers;
    private int asked;

    /// <summary>When the question that is out counts as lost, on the monotonic clock; null when none is out.</summary>
    public long? DeadlineMs { get; set; }

    /// <summary>True when the hub has never answered: what may have arrived is sent again without asking.</summary>
    public bool HubIsSilent { get; private set; }

    /// <summary>The next question, about the batches that it marks; null when there is none or one is out.</summary>
    public (string Epoch, List<(long First, long Last)> Ranges)? Next(List<SentBatch> sent)
    {
        while (DeadlineMs is null && sent.Find(s => s.State == SentState.Unsure)?.Batch.Epoch is { } epoch)
        {
            var ranges = Ranges(sent, epoch);
            if (ranges.Count > 0) return (epoch, ranges);
        }

        return null;
    }

    public void Answered()
    {
        hubAnswers = true;
        DeadlineMs = null;
        asked = 0;
    }

    /// <summary>The question was not answered in time.</summary>
    /// <returns>True: enough asked, send it again.</returns>
    public bool GiveUp()
    {
        DeadlineMs = null;
        if (++asked < (hubAnswers ? MostOfAnswering : MostOfStranger)) return false;
        asked = 0;
        HubIsSilent = !hubAnswers;
        return true;
    }

    /// <summary>A new connection: a question that was out is gone.</summary>
    public void Restart()
    {
        DeadlineMs = null;
        asked = 0;
        HubIsSilent = false;
    }

    private List<(long First, long Last)> Ranges(List<SentBatch> sent, string epoch)
    {
        List<(long First, long Last)> ranges = [];
        foreach (var batch in sent.FindAll(s => s.State == SentState.Unsure && s.Batch.Epoch == epoch))
        {
            var waiting = batch.Batch.Seqs.Where(q => outbox.IsWaiting(new RecordId(epoch, q))).ToList();
            if (waiting.Count == 0) sent.Remove(batch);
            if (ranges.Count + waiting.Count > UpBatch.MaxAsk && ranges.Count > 0) break;
            batch.State = SentState.Asked;
            foreach (var seq in waiting)
            {
                if (ranges.Count > 0 && ranges[^1].Last == seq - 1) ranges[^1] = (ranges[^1].First, seq);
                else ranges.Add((seq, seq));
            }
        }

        return ranges;
    }
}
