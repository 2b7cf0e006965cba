using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>The epochs of an outbox, oldest first; the last one takes new records. The outbox locks.</summary>
internal sealed class OutboxFolder : IDisposable
{
    private readonly string path;
    private readonly DataKey? key;
    private readonly List<EpochFolder> epochs;
    private readonly OutboxWitness witness;
    private readonly ILogger log;

    public OutboxFolder(string path, DataKey? key, ILogger log)
    {
        this.path = path;
        this.key = key;
        this.log = log;
        witness = new OutboxWitness(path, key);
        epochs = OutboxRecovery.OpenEpochs(path, witness, key, log);
        Daily = new DailyBytes(witness.Said?.Days);
        Witness(Current);
    }

    public IReadOnlyList<EpochFolder> Epochs => epochs;

    /// <summary>How fast it fills.</summary>
    public DailyBytes Daily { get; }

    public EpochFolder Current => epochs[^1];

    /// <summary>Bytes of all files of records.</summary>
    public long DiskBytes => epochs.Sum(e => e.DiskBytes);

    public long WaitingBytes => epochs.Sum(e => e.WaitingBytes);

    /// <summary>Where the chain of each epoch stands, with those that were taken away behind the outbox's back.</summary>
    /// <param name="current">Of the epoch that takes records.</param>
    public ChainHead[] Chains(Tally current) =>
    [
        .. witness.Lost.Where(l => epochs.TrueForAll(e => e.Epoch != l.Epoch)),
        .. epochs.Select(e =>
        {
            var tally = e == Current ? current : e.Tally;
            return witness.Lost.FirstOrDefault(l => l.Epoch == e.Epoch && l.Count > tally.Links) ?? new ChainHead(e.Epoch, tally.Links, tally.Head);
        }),
    ];

    public EpochFolder? Find(string epoch) => epochs.Find(e => e.Epoch == epoch);

    /// <summary>Begins an epoch that takes records from now on.</summary>
    /// <exception cref="IOException">The disk did not take it; the old one goes on.</exception>
    public void Begin(Tally tally)
    {
        epochs.Add(OutboxRecovery.Begin(path, tally, Current.Epoch, key, log));
        Witness(Current);
    }

    /// <summary>Gives up what durable records have taken the place of.</summary>
    /// <returns>How many of them tombstones stand for.</returns>
    public int Replace(IReadOnlyList<(RecordKind By, Origin Origin)> origins)
    {
        var dropped = 0;
        HashSet<EpochFolder> touched = [];
        foreach (var (by, origin) in origins)
        {
            if (origin.Epoch is null || origin.Ranges is null || Find(origin.Epoch) is not { } epoch) continue;
            var removed = 0;
            foreach (var range in origin.Ranges) removed += epoch.Acknowledge(range[0], range[1]);
            if (by == RecordKind.Tombstone) dropped += removed;
            touched.Add(epoch);
        }

        foreach (var epoch in touched)
        {
            epoch.SyncNotes();
            DropIfDone(epoch);
        }

        return dropped;
    }

    /// <summary>Removes an epoch that takes no more records and has none left.</summary>
    public void DropIfDone(EpochFolder epoch)
    {
        if (epoch == Current || epoch.Waiting > 0) return;
        epochs.Remove(epoch);
        try
        {
            epoch.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is looked at again at the next start.
            log.CannotNote(e.Message);
        }
    }

    /// <summary>Leaves word beside the folder how far it has come.</summary>
    public void Witness(EpochFolder epoch)
    {
        if (epoch != Current) return;
        witness.Write(epoch.Epoch, epoch.Next, epoch.Tally, Daily.Days);
    }

    public void Dispose()
    {
        foreach (var epoch in epochs) epoch.Dispose();
        witness.Dispose();
    }
}
