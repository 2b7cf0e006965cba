using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// The one writer of an outbox: gathers what is appended, writes and fsyncs it as a group, and only then makes it ready to
/// be sent and tells those who wait. Shares the outbox's lock, which is never held during a write.
/// </summary>
internal sealed class OutboxWriter : IAsyncDisposable
{
    // A disk that takes nothing for so long costs the newest tracks, not the process.
    private const int MaxPendingBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan NextAttempt = TimeSpan.FromSeconds(1);

    private readonly Lock gate;
    private readonly EpochFolder epoch;
    private readonly OutboxOptions options;
    private readonly AppendLogFile? appendLog;
    private readonly ILogger log;
    private readonly OutboxBudget budget;
    private readonly SemaphoreSlim anything = new(0);
    private readonly SemaphoreSlim now = new(0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task flushing;
    private PendingGroup pending = new();
    private PendingGroup? writing;
    private long next;
    private Tally tally;
    private RecordId? lastBlock;

    public OutboxWriter(Lock gate, EpochFolder epoch, OutboxOptions options, AppendLogFile? appendLog, ILogger log)
    {
        this.gate = gate;
        this.epoch = epoch;
        this.options = options;
        this.appendLog = appendLog;
        this.log = log;
        budget = new OutboxBudget(epoch, options.MaxBytes, log);
        next = epoch.Next;
        tally = epoch.Tally;
        flushing = Task.Run(FlushLoopAsync);
    }

    /// <summary>Raised when a group became ready to be sent.</summary>
    public event Action? Ready;

    /// <summary>Number of the newest record; the lock is held.</summary>
    public long Last => next - 1;

    /// <summary>Of all that was appended; the lock is held.</summary>
    public Tally Tally => tally;

    /// <summary>Records that are not durable yet; the lock is held.</summary>
    public (int Records, int Actions) Unwritten =>
        (pending.Count + (writing?.Count ?? 0), pending.Actions + (writing?.Actions ?? 0));

    /// <summary>True while a group is on its way to the disk; the lock is held.</summary>
    public bool IsWriting => writing is not null;

    public long Refused { get; private set; }

    public long Dropped { get; private set; }

    /// <summary>Appends without waiting; null when the disk is too far behind.</summary>
    public RecordId? Append(WireRecord draft, RecordPriority priority)
    {
        lock (gate)
        {
            if (pending.Frames.Length <= MaxPendingBytes) return Add(draft, priority);
            Refused++;
            return null;
        }
    }

    /// <summary>Appends the draft that was gathered as a record, and has it written at once.</summary>
    public RecordId? AppendBlock(WireRecord block, RecordPriority priority)
    {
        lock (gate)
        {
            if (pending.Frames.Length > MaxPendingBytes)
            {
                Refused++;
                return null;
            }

            lastBlock = Add(block, priority, new Origin { Draft = tally.Draft + 1 });
        }

        now.Release();
        return lastBlock;
    }

    /// <summary>Completes when the newest block is durable: only then may its draft be overwritten.</summary>
    public ValueTask EnsureBlockDurableAsync(CancellationToken stop)
    {
        long seq;
        lock (gate) seq = lastBlock is { } block && block.Epoch == epoch.Epoch ? block.Seq : 0;
        return EnsureDurableAsync(seq, stop);
    }

    /// <summary>Completes when the record of this number is durable.</summary>
    public async ValueTask EnsureDurableAsync(long seq, CancellationToken stop)
    {
        Task written;
        lock (gate)
        {
            if (seq < epoch.Next) return;
            written = writing is { } group && seq < group.FirstSeq + group.Count ? group.Written : pending.Written;
        }

        now.Release();
        await written.WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Writes what is left and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await flushing.ConfigureAwait(false);
        ending.Dispose();
        anything.Dispose();
        now.Dispose();
    }

    private RecordId Add(WireRecord draft, RecordPriority priority, Origin? origin = null)
    {
        ObjectDisposedException.ThrowIf(ending.IsCancellationRequested, this);
        var seq = next;
        var link = Chaining.Takes(draft) ? new ChainLink(tally.Links + 1, tally.Head) : null;
        var record = JsonSerializer.SerializeToUtf8Bytes(draft with { Seq = seq, Chain = link }, WireJson.Default.WireRecord);
        if (record.Length > Frame.MaxRecordBytes) throw new ArgumentException($"a record of {record.Length} bytes; at most {Frame.MaxRecordBytes}");
        tally = pending.Add(seq, priority, draft.Kind, link is not null, record, origin, tally);
        next++;
        if (pending.Count == 1) anything.Release();
        return new RecordId(epoch.Epoch, seq);
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
                await now.WaitAsync(failing ? NextAttempt : group, ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The last group below.
            }

            while (now.Wait(0, CancellationToken.None))
            {
                // One flush serves all who asked.
            }

            // What is appended during a flush belongs to the next one, also at the end.
            var last = ending.IsCancellationRequested;
            try
            {
                Flush();
                if (failing) log.WritesAgain();
                failing = false;
            }
            catch (OutboxException e)
            {
                if (!failing) log.CannotWrite(e.Message);
                failing = true;
            }

            if (last) return;
        }
    }

    private void Flush()
    {
        PendingGroup group;
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

        var (segment, at) = Write(group);
        lock (gate)
        {
            foreach (var (header, offset) in group.Headers) epoch.Add(segment, at + offset, header);
            epoch.Tally = group.Tally!;
            writing = null;
            if (!ending.IsCancellationRequested)
                Dropped += budget.Apply(tombstone => Add(tombstone, RecordPriority.Fault));
        }

        group.Complete();
        Ready?.Invoke();
    }

    private (Segment Segment, long At) Write(PendingGroup group)
    {
        try
        {
            Segment segment;
            lock (gate) segment = epoch.Target(group.FirstSeq, group.Frames.Length, options.SegmentBytes);
            var at = segment.Append(group.Frames);
            WriteAppendLog(group);
            return (segment, at);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var cause = new OutboxException($"the outbox could not be written: {e.Message}", e);
            lock (gate) group.Fail(cause);
            throw cause;
        }
    }

    private void WriteAppendLog(PendingGroup group)
    {
        if (appendLog is null) return;
        var lines = new StringBuilder();
        for (var i = 0; i < group.Count; i++)
        {
            var header = group.Headers[i].Header;
            lines.Append(AppendLogFile.Line(epoch.Epoch, header.Seq, header.Kind, group.Record(i)));
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
}
