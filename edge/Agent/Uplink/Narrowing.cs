using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Finds the one record that nobody takes: batches become half as long at each refusal until it is alone. Then it stays on
/// disk for a person and blocks nothing. Not thread-safe; the lane locks.
/// </summary>
internal sealed class Narrowing(UplinkOptions options, DiskOutbox outbox, ILogger log)
{
    private readonly List<SentBatch> parked = [];

    /// <summary>Most records of a batch now.</summary>
    public int MostRecords { get; private set; } = options.BatchRecords;

    /// <summary>True: nothing leaves before the last batch is answered, so that a refusal says which one.</summary>
    public bool OneAtATime { get; private set; }

    /// <summary>Records that are not sent any more in this run.</summary>
    public int Parked => parked.Count;

    /// <summary>A batch is too long: the next one has half its records.</summary>
    public void Halve(SentBatch batch, string why)
    {
        batch.State = SentState.Over;
        if (batch.Batch.Seqs.Count > 1)
        {
            MostRecords = batch.Batch.Seqs.Count / 2;
            outbox.Release(batch.Batch);
            return;
        }

        parked.Add(batch);
        log.Parked(batch.Batch.Seqs[0], batch.Batch.Epoch, why);
    }

    /// <summary>The hub refused one of these and did not say which.</summary>
    public void Refused(IReadOnlyList<SentBatch> batches, string why)
    {
        OneAtATime = true;
        if (batches is [var only])
        {
            Halve(only, why);
            return;
        }

        foreach (var batch in batches)
        {
            batch.State = SentState.Over;
            outbox.Release(batch.Batch);
        }

        MostRecords = Math.Max(1, Math.Min(MostRecords, batches.Max(b => b.Batch.Seqs.Count)) / 2);
    }

    /// <summary>A batch was taken: the next ones may be longer again.</summary>
    public void Taken()
    {
        MostRecords = Math.Min(2 * MostRecords, options.BatchRecords);
        OneAtATime &= MostRecords < options.BatchRecords;
    }

    /// <summary>Tries again what is parked.</summary>
    public void Release()
    {
        foreach (var batch in parked) outbox.Release(batch.Batch);
        parked.Clear();
    }
}
