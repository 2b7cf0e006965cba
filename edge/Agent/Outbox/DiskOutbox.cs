using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// What must reach the hub, on disk until the hub says it has it. A record is written once and never changes; it can be
/// taken to be sent only after its fsync, and is removed only by <see cref="Acknowledge"/> (or, for tracks and health, by
/// the byte budget, which leaves a tombstone). Survives the end of the process and of the power at any byte.
/// </summary>
public sealed class DiskOutbox : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly ILogger log;
    private readonly FileStream ownership;
    private readonly AppendLogFile? appendLog;
    private readonly OutboxFolder folder;
    private readonly OutboxWriter writer;
    private readonly DraftFile drafts;
    private readonly string path;
    private readonly long maxBytes;

    private DiskOutbox(string path, OutboxOptions options, ILogger log, DataKey? key)
    {
        this.log = log;
        this.path = path;
        maxBytes = options.MaxBytes;
        DurableFile.CreateFolder(path);
        ownership = TakeOwnership(path);
        if (key is { IsOnly: false }) OutboxMigration.Run(path, key, log);
        folder = new OutboxFolder(path, key, log);
        if (options.AppendLog.Length > 0) appendLog = OutboxRecovery.CompleteAppendLog(options.AppendLog, folder.Epochs);
        log.Opened(path, Epoch, folder.Current.Next, folder.Epochs.Sum(e => e.Waiting));
        drafts = new DraftFile(Path.Combine(path, "draft"), key);
        writer = new OutboxWriter(gate, folder, options, appendLog, log);
        if (drafts.Newest() is var (number, record) && number > writer.Tally.Draft)
        {
            log.DraftFound(number);
            writer.AppendBlock(record, RecordPriority.Track);
        }
    }

    /// <summary>Raised when a record became ready to be sent. Must return at once.</summary>
    public event Action? Ready
    {
        add => writer.Ready += value;
        remove => writer.Ready -= value;
    }

    /// <summary>
    /// 16 hex digits, random, made with the folder; anew after damage, after a restore that is noticed, and when the hub
    /// says that it has the numbers already (<see cref="Forked"/>).
    /// </summary>
    public string Epoch
    {
        get
        {
            lock (gate) return folder.Current.Epoch;
        }
    }

    public OutboxCounts Counts
    {
        get
        {
            lock (gate)
            {
                var (records, actions) = writer.Unwritten;
                return new OutboxCounts(
                    folder.Epochs.Sum(e => e.Waiting) + records,
                    folder.Epochs.Sum(e => e.WaitingActions) + actions,
                    folder.WaitingBytes,
                    folder.DiskBytes,
                    writer.Refused,
                    writer.Dropped);
            }
        }
    }

    /// <summary>How the writing goes; never waits for a disk.</summary>
    public OutboxWriting Writing
    {
        get
        {
            lock (gate) return new OutboxWriting(writer.Commits, writer.Unwritten.Records);
        }
    }

    /// <summary>
    /// How far the hash chain of each epoch reaches on disk: the epochs that hold records, and the one that takes new ones.
    /// </summary>
    public ChainHead[] Chains
    {
        get
        {
            lock (gate) return folder.Chains(folder.Current.Tally);
        }
    }

    /// <summary>Time of the oldest crew action or shift change that the hub has not acknowledged; null for none.</summary>
    public DateTimeOffset? OldestUnsentAction => OldestOf(k => k is RecordKind.Action or RecordKind.Shift);

    /// <summary>Time of the oldest record that the hub has not acknowledged; null for none.</summary>
    public DateTimeOffset? OldestUnsent => OldestOf(_ => true);

    /// <summary>Days until records are thinned and dropped, at the rate of the last days.</summary>
    public int DiskDaysLeft
    {
        get
        {
            lock (gate) return OfflineOutlook.DiskDays(path, maxBytes, folder.WaitingBytes, folder.Daily.Days);
        }
    }

    /// <summary>True while a group is on its way to the disk.</summary>
    internal bool IsWriting
    {
        get
        {
            lock (gate) return writer.IsWriting;
        }
    }

    /// <exception cref="IOException">The folder cannot be used, or another process uses it.</exception>
    /// <param name="path">Its folder.</param>
    /// <param name="options">How records are kept.</param>
    /// <param name="log">Told what was found.</param>
    /// <param name="key">Encrypts it; null for not. What is there from before the key is encrypted before this returns.</param>
    public static DiskOutbox Open(string path, OutboxOptions options, ILogger log, DataKey? key = null) => new(path, options, log, key);

    /// <summary>
    /// Appends without waiting for the disk: durable within <see cref="OutboxOptions.GroupSeconds"/>.
    /// </summary>
    /// <param name="draft">The record; its <see cref="WireRecord.Seq"/> is given here.</param>
    /// <param name="priority">When it leaves.</param>
    /// <returns>Its name; null when the disk is so far behind that it was refused and counted.</returns>
    public RecordId? Append(WireRecord draft, RecordPriority priority) => writer.Append(draft, priority);

    /// <summary>Number of the draft that is being gathered; <see cref="AppendBlock"/> ends it.</summary>
    public long Draft
    {
        get
        {
            lock (gate) return writer.Tally.Draft + 1;
        }
    }

    /// <summary>
    /// Saves what was gathered of a record so far, in place of what was saved of it before. Durable when it completes;
    /// after a power cut it is a record as it stands.
    /// </summary>
    /// <param name="number"><see cref="Draft"/> when it was gathered; one that has become a record changes nothing.</param>
    /// <param name="draft">The record so far.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>False when it has become too long to be saved as a draft.</returns>
    /// <exception cref="IOException">The disk does not take it now.</exception>
    public async ValueTask<bool> SaveDraftAsync(long number, WireRecord draft, CancellationToken stop)
    {
        await writer.EnsureBlockDurableAsync(stop).ConfigureAwait(false);
        return number != Draft || drafts.Save(number, JsonSerializer.SerializeToUtf8Bytes(draft with { Seq = 1 }, WireJson.Default.WireRecord));
    }

    /// <summary>Ends the draft: this record takes its place, written to disk at once.</summary>
    /// <returns>Its name; null when the disk is so far behind that it was refused and counted.</returns>
    public RecordId? AppendBlock(WireRecord block, RecordPriority priority) => writer.AppendBlock(block, priority);

    /// <summary>Appends and completes after the fsync; callers that wait at the same time share one.</summary>
    /// <exception cref="OutboxException">The disk does not take it now; see <see cref="EnsureDurableAsync"/>.</exception>
    public async ValueTask<RecordId> AppendDurableAsync(WireRecord draft, RecordPriority priority, CancellationToken stop)
    {
        var id = Append(draft, priority) ?? throw new OutboxException("the disk has taken nothing for so long that the outbox is full");
        await EnsureDurableAsync(id, stop).ConfigureAwait(false);
        return id;
    }

    /// <summary>Completes when the record's fsync is done.</summary>
    /// <exception cref="OutboxException">
    /// The disk does not take it now. The record is not lost: the outbox goes on trying, and this can be called again.
    /// </exception>
    public ValueTask EnsureDurableAsync(RecordId id, CancellationToken stop) =>
        writer.EnsureDurableAsync(id, stop);

    /// <summary>Makes durable what was appended so far.</summary>
    /// <exception cref="OutboxException">The disk does not take it now.</exception>
    public ValueTask FlushAsync(CancellationToken stop)
    {
        RecordId last;
        lock (gate) last = writer.Last;
        return writer.EnsureDurableAsync(last, stop);
    }

    /// <summary>Takes records to be sent, of one epoch: urgent before bulk, then old before new; null when none is ready.</summary>
    /// <param name="maxRecords">At least 1.</param>
    /// <param name="maxBytes">Of records; the first one may exceed it.</param>
    /// <param name="upTo">Least urgent priority that may leave.</param>
    public OutboxBatch? Take(int maxRecords, int maxBytes, RecordPriority upTo)
    {
        lock (gate)
        {
            for (var priority = RecordPriority.Duress; priority <= upTo; priority++)
            {
                if (folder.Epochs.FirstOrDefault(e => e.HasReady(priority)) is { } epoch)
                    return epoch.Take(maxRecords, maxBytes, upTo);
            }

            return null;
        }
    }

    /// <summary>Gives back what was taken and not acknowledged, to be sent again.</summary>
    public void Release(OutboxBatch batch)
    {
        lock (gate)
        {
            if (folder.Find(batch.Epoch) is not { } epoch) return;
            foreach (var seq in batch.Seqs) epoch.Release(seq);
        }
    }

    /// <summary>The hub has these records: they are removed.</summary>
    /// <returns>How many were still waiting.</returns>
    public int Acknowledge(string epoch, IEnumerable<(long First, long Last)> ranges)
    {
        lock (gate)
        {
            if (folder.Find(epoch) is not { } of) return 0;
            var removed = 0;
            try
            {
                foreach (var (first, last) in ranges) removed += of.Acknowledge(first, last);
                folder.DropIfDone(of);
            }
            catch (IOException e)
            {
                log.CannotNote(e.Message);
            }

            return removed;
        }
    }

    /// <summary>
    /// The hub has these numbers with another content: the folder was restored unnoticed, or the card copied. An epoch that
    /// takes records takes none from now on; the records are appended again to a new one, durable there before they are
    /// given up here, and crash or not never sent under both names afterwards. Returns at once; asking again changes nothing.
    /// </summary>
    /// <param name="epoch">Their epoch.</param>
    /// <param name="seqs">
    /// Exactly those that the hub named: what it did not name may be there already and would count twice.
    /// </param>
    public void Forked(string epoch, IReadOnlyCollection<long> seqs) => writer.Fork(epoch, seqs);

    /// <summary>True while the hub has not acknowledged the record.</summary>
    public bool IsWaiting(RecordId id)
    {
        lock (gate)
        {
            id = writer.NameOf(id);
            return writer.IsUnwritten(id) || folder.Find(id.Epoch)?.IsWaiting(id.Seq) == true;
        }
    }

    /// <summary>The durable records of a kind that wait for the hub, oldest first.</summary>
    public IReadOnlyList<(RecordId Id, WireRecord Record)> Waiting(Func<RecordKind, bool> kind, int most = int.MaxValue)
    {
        lock (gate)
        {
            return [.. folder.Epochs
                .SelectMany(e => e.WaitingOf(kind).Select(w => (Id: new RecordId(e.Epoch, w.Seq), Bytes: e.Read(w.Seq))))
                .Where(w => w.Bytes is not null)
                .Take(most)
                .Select(w => (w.Id, UpBatchReader.ReadRecord(w.Bytes!.Value)))];
        }
    }

    /// <summary>
    /// Where everything stands as appended: a record that is appended next says truthfully what lies before it.
    /// </summary>
    public OutboxStanding Standing()
    {
        lock (gate)
            return new OutboxStanding(writer.Tally.Actions, folder.Chains(writer.Tally));
    }

    /// <summary>Makes everything durable and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync().ConfigureAwait(false);
        lock (gate)
        {
            folder.Dispose();
        }

        drafts.Dispose();
        appendLog?.Dispose();
        await ownership.DisposeAsync().ConfigureAwait(false);
    }

    private static FileStream TakeOwnership(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"the outbox in {path} is used by another process", e);
        }
    }

    private DateTimeOffset? OldestOf(Func<RecordKind, bool> kind) =>
        Waiting(kind, most: 1) is [var (_, oldest)] ? oldest.Stamp.DeviceTime : null;
}
