using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// What must reach the hub, on disk until the hub says it has it. A record is written once and never changes; it can be
/// taken to be sent only after its fsync, and is removed only by <see cref="Acknowledge"/> (or, for tracks and health, by
/// the byte budget, which leaves a tombstone). Survives the end of the process and of the power at any byte.
/// </summary>
public sealed class DiskOutbox : IAsyncDisposable
{
    // A disk that takes nothing for so long costs the newest tracks, not the process.
    private const int MaxPendingBytes = 8 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly OutboxOptions options;
    private readonly ILogger log;
    private readonly FileStream ownership;
    private readonly AppendLogFile? appendLog;
    private readonly List<EpochFolder> epochs;
    private readonly SemaphoreSlim anything = new(0);
    private readonly SemaphoreSlim now = new(0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task flushing;
    private PendingGroup pending = new();
    private PendingGroup? writing;
    private long next;
    private long refused;
    private long dropped;

    private DiskOutbox(string folder, OutboxOptions options, ILogger log)
    {
        this.options = options;
        this.log = log;
        Directory.CreateDirectory(folder);
        ownership = TakeOwnership(folder);
        epochs = OutboxRecovery.OpenEpochs(folder, log);
        next = Current.Next;
        if (options.AppendLog.Length > 0) appendLog = OutboxRecovery.CompleteAppendLog(options.AppendLog, epochs);
        log.Opened(folder, Epoch, next, epochs.Sum(e => e.Waiting));
        flushing = Task.Run(FlushLoopAsync);
    }

    /// <summary>Raised when a record became ready to be sent. Must return at once.</summary>
    public event Action? Ready;

    /// <summary>16 hex digits, random, made with the folder and anew after damage.</summary>
    public string Epoch => Current.Epoch;

    public OutboxCounts Counts
    {
        get
        {
            lock (gate)
            {
                var unwritten = pending.Count + (writing?.Count ?? 0);
                return new OutboxCounts(
                    epochs.Sum(e => e.Waiting) + unwritten,
                    epochs.Sum(e => e.WaitingActions) + pending.Actions + (writing?.Actions ?? 0),
                    epochs.Sum(e => e.WaitingBytes),
                    refused,
                    dropped);
            }
        }
    }

    private EpochFolder Current => epochs[^1];

    /// <exception cref="IOException">The folder cannot be used, or another process uses it.</exception>
    public static DiskOutbox Open(string folder, OutboxOptions options, ILogger log) => new(folder, options, log);

    /// <summary>
    /// Appends without waiting for the disk: durable within <see cref="OutboxOptions.GroupSeconds"/>.
    /// </summary>
    /// <param name="draft">The record; its <see cref="WireRecord.Seq"/> is given here.</param>
    /// <param name="priority">When it leaves.</param>
    /// <returns>Its name; null when the disk is so far behind that it was refused and counted.</returns>
    public RecordId? Append(WireRecord draft, RecordPriority priority)
    {
        lock (gate)
        {
            if (pending.Frames.Length > MaxPendingBytes)
            {
                refused++;
                return null;
            }

            return Add(draft, priority);
        }
    }

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
    public async ValueTask EnsureDurableAsync(RecordId id, CancellationToken stop)
    {
        Task written;
        lock (gate)
        {
            if (id.Epoch != Epoch || id.Seq < Current.Next) return;
            written = writing is { } group && id.Seq < group.FirstSeq + group.Count ? group.Written.Task : pending.Written.Task;
        }

        now.Release();
        await written.WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Makes durable what was appended so far.</summary>
    /// <exception cref="OutboxException">The disk does not take it now.</exception>
    public ValueTask FlushAsync(CancellationToken stop)
    {
        lock (gate) return EnsureDurableAsync(new RecordId(Epoch, next - 1), stop);
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
                if (epochs.Find(e => e.HasReady(priority)) is { } epoch)
                    return epoch.Take(maxRecords, maxBytes, upTo, seq => log.Unreadable(epoch.Epoch, seq));
            }

            return null;
        }
    }

    /// <summary>Gives back what was taken and not acknowledged, to be sent again.</summary>
    public void Release(OutboxBatch batch)
    {
        lock (gate)
        {
            if (Find(batch.Epoch) is not { } epoch) return;
            foreach (var seq in batch.Seqs) epoch.Release(seq);
        }
    }

    /// <summary>The hub has these records: they are removed.</summary>
    /// <returns>How many were still waiting.</returns>
    public int Acknowledge(string epoch, IEnumerable<(long First, long Last)> ranges)
    {
        lock (gate)
        {
            if (Find(epoch) is not { } folder) return 0;
            var removed = 0;
            try
            {
                foreach (var (first, last) in ranges) removed += folder.Acknowledge(first, last);
                if (folder != Current && folder.Waiting == 0)
                {
                    epochs.Remove(folder);
                    folder.Delete();
                }
            }
            catch (IOException e)
            {
                log.CannotNote(e.Message);
            }

            return removed;
        }
    }

    /// <summary>True while the hub has not acknowledged the record.</summary>
    public bool IsWaiting(RecordId id)
    {
        lock (gate)
        {
            var folder = Find(id.Epoch);
            return folder is not null && (folder.IsWaiting(id.Seq) || (folder == Current && id.Seq >= folder.Next && id.Seq < next));
        }
    }

    /// <summary>The durable records of a kind that wait for the hub, oldest first.</summary>
    public IReadOnlyList<(RecordId Id, WireRecord Record)> Waiting(Func<RecordKind, bool> kind, int most = int.MaxValue)
    {
        lock (gate)
        {
            return [.. epochs
                .SelectMany(e => e.WaitingOf(kind).Select(w => (Id: new RecordId(e.Epoch, w.Seq), Bytes: e.Read(w.Seq))))
                .Where(w => w.Bytes is not null)
                .Take(most)
                .Select(w => (w.Id, UpBatchReader.ReadRecord(w.Bytes!.Value)))];
        }
    }

    /// <summary>Makes everything durable and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await flushing.ConfigureAwait(false);
        lock (gate)
        {
            foreach (var epoch in epochs) epoch.Dispose();
        }

        appendLog?.Dispose();
        await ownership.DisposeAsync().ConfigureAwait(false);
        ending.Dispose();
        anything.Dispose();
        now.Dispose();
    }

    private static FileStream TakeOwnership(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"the outbox in {folder} is used by another process", e);
        }
    }

    private EpochFolder? Find(string epoch) => epochs.Find(e => e.Epoch == epoch);

    private RecordId Add(WireRecord draft, RecordPriority priority)
    {
        ObjectDisposedException.ThrowIf(ending.IsCancellationRequested, this);
        var seq = next;
        var record = JsonSerializer.SerializeToUtf8Bytes(draft with { Seq = seq }, WireJson.Default.WireRecord);
        if (record.Length > Frame.MaxRecordBytes) throw new ArgumentException($"a record of {record.Length} bytes; at most {Frame.MaxRecordBytes}");
        pending.Add(new FrameHeader(seq, priority, draft.Kind, record.Length), record);
        next++;
        if (pending.Count == 1) anything.Release();
        return new RecordId(Epoch, seq);
    }

    private async Task FlushLoopAsync()
    {
        var group = TimeSpan.FromSeconds(options.GroupSeconds);
        var failing = false;
        while (true)
        {
            try
            {
                if (!failing) await anything.WaitAsync(ending.Token).ConfigureAwait(false);
                await now.WaitAsync(failing ? TimeSpan.FromSeconds(1) : group, ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The last group below.
            }

            while (now.Wait(0, CancellationToken.None))
            {
                // One flush serves all who asked.
            }

            try
            {
                Flush();
                if (failing) log.WritesAgain();
                failing = false;
            }
            catch (IOException e)
            {
                if (!failing) log.CannotWrite(e.Message);
                failing = true;
            }

            if (ending.IsCancellationRequested) return;
        }
    }

    private void Flush()
    {
        PendingGroup group;
        Segment target;
        lock (gate)
        {
            if (writing is null) writing = pending;
            else writing.Append(pending);
            pending = new PendingGroup();
            group = writing;
            if (group.Count == 0)
            {
                writing = null;
                return;
            }
        }

        long at;
        try
        {
            lock (gate) target = Current.Target(group.FirstSeq, group.Frames.Length, options.SegmentBytes);
            at = target.Append(group.Frames);
            WriteAppendLog(group);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var cause = new OutboxException($"the outbox could not be written: {e.Message}", e);
            lock (gate) group.Fail(cause);
            throw cause;
        }

        lock (gate)
        {
            foreach (var (header, offset) in group.Headers) Current.Add(target, at + offset, header);
            writing = null;
            dropped += OutboxBudget.Apply(Current, options.MaxBytes, draft => Add(draft, RecordPriority.Fault), log);
        }

        group.Written.TrySetResult();
        Ready?.Invoke();
    }

    private void WriteAppendLog(PendingGroup group)
    {
        if (appendLog is null) return;
        var lines = new StringBuilder();
        for (var i = 0; i < group.Count; i++)
        {
            var header = group.Headers[i].Header;
            lines.Append(AppendLogFile.Line(Epoch, header.Seq, header.Kind, group.Record(i)));
        }

        try
        {
            appendLog.Write(lines.ToString());
        }
        catch (IOException e)
        {
            // The records are durable; only who compares later is told less.
            log.CannotWrite($"{options.AppendLog}: {e.Message}");
        }
    }

    internal static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
