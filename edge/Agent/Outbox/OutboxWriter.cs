using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// The one writer of an outbox: gathers what is appended, writes and fsyncs it as a group, and only then makes it ready to
/// be sent and tells those who wait. Shares the outbox's lock, which is never held during the write of a group.
/// </summary>
internal sealed class OutboxWriter : IAsyncDisposable
{
    // A disk that takes nothing for so long costs the newest tracks, not the process.
    private const int MaxPendingBytes = 8 * 1024 * 1024;

    // From here on waiting longer for others makes a write no cheaper.
    private const int GroupBytes = 256 * 1024;
    private static readonly TimeSpan NextAttempt = TimeSpan.FromSeconds(1);

    private readonly Lock gate;
    private readonly OutboxFolder folder;
    private readonly OutboxOptions options;
    private readonly AppendLogFile? appendLog;
    private readonly ILogger log;
    private readonly OutboxBudget budget;
    private readonly OutboxForks forks;
    private readonly SemaphoreSlim anything = new(0);
    private readonly SemaphoreSlim now = new(0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task flushing;

    // Groups in their order; several after a failed write, or when a new epoch began in between.
    private readonly List<PendingGroup> closed = [];
    private PendingGroup pending;
    private long next;
    private RecordId? lastBlock;
    private long nextLookMs;
    private bool looking;

    public OutboxWriter(Lock gate, OutboxFolder folder, OutboxOptions options, AppendLogFile? appendLog, ILogger log)
    {
        this.gate = gate;
        this.folder = folder;
        this.options = options;
        this.appendLog = appendLog;
        this.log = log;
        budget = new OutboxBudget(folder, options.MaxBytes, log);
        forks = new OutboxForks(folder, log);
        pending = new PendingGroup(folder.Current);
        next = folder.Current.Next;
        Tally = folder.Current.Tally;
        flushing = Task.Run(FlushLoopAsync);
    }

    /// <summary>Raised when a group became ready to be sent.</summary>
    public event Action? Ready;

    /// <summary>Of all that was appended; the lock is held.</summary>
    public Tally Tally { get; private set; }

    /// <summary>Number of the newest record; the lock is held.</summary>
    public RecordId Last => new(folder.Current.Epoch, next - 1);

    /// <summary>Records that are not durable yet; the lock is held.</summary>
    public (int Records, int Actions) Unwritten =>
        (pending.Count + closed.Sum(g => g.Count), pending.Actions + closed.Sum(g => g.Actions));

    /// <summary>True while a group is on its way to the disk; the lock is held.</summary>
    public bool IsWriting => closed.Count > 0;

    /// <summary>Groups that became durable since the start; the lock is held.</summary>
    public long Commits { get; private set; }

    public long Refused { get; private set; }

    public long Dropped { get; private set; }

    /// <summary>Where a record went that was moved to another epoch; the lock is held.</summary>
    public RecordId NameOf(RecordId id) => forks.NameOf(id);

    /// <summary>True while the record is not durable; the lock is held.</summary>
    public bool IsUnwritten(RecordId id) => pending.Holds(id) || closed.Exists(g => g.Holds(id));

    /// <summary>Appends without waiting; null when the disk is too far behind.</summary>
    public RecordId? Append(WireRecord draft, RecordPriority priority)
    {
        lock (gate)
        {
            if (IsBehind()) return null;
            var id = Add(draft, priority);
            if (pending.Frames.Length >= GroupBytes && closed.Count == 0) now.Release();
            return id;
        }
    }

    /// <summary>Appends the draft that was gathered as a record, and has it written at once.</summary>
    public RecordId? AppendBlock(WireRecord block, RecordPriority priority)
    {
        lock (gate)
        {
            if (IsBehind()) return null;
            lastBlock = Add(block, priority, new Origin { Draft = Tally.Draft + 1 });
        }

        now.Release();
        return lastBlock;
    }

    /// <summary>Moves these records to a new epoch as soon as the disk takes it.</summary>
    public void Fork(string epoch, IReadOnlyCollection<long> seqs)
    {
        lock (gate)
        {
            if (ending.IsCancellationRequested) return;
            forks.Ask(epoch, seqs);
        }

        anything.Release();
        now.Release();
    }

    /// <summary>Completes when the newest block is durable: only then may its draft be overwritten.</summary>
    public ValueTask EnsureBlockDurableAsync(CancellationToken stop) =>
        lastBlock is { } block ? EnsureDurableAsync(block, stop) : ValueTask.CompletedTask;

    /// <summary>Completes when this record is durable.</summary>
    public async ValueTask EnsureDurableAsync(RecordId id, CancellationToken stop)
    {
        Task written;
        lock (gate)
        {
            if ((pending.Holds(id) ? pending : closed.Find(g => g.Holds(id))) is not { } group) return;
            written = group.Written;
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

    private bool IsBehind()
    {
        if (pending.Frames.Length + closed.Sum(g => (long)g.Frames.Length) <= MaxPendingBytes) return false;
        Refused++;
        return true;
    }

    private RecordId Add(WireRecord draft, RecordPriority priority, Origin? origin = null)
    {
        ObjectDisposedException.ThrowIf(ending.IsCancellationRequested, this);
        var seq = next;
        var link = Chaining.Takes(draft) ? new ChainLink(Tally.Links + 1, Tally.Head) : null;
        var record = JsonSerializer.SerializeToUtf8Bytes(draft with { Seq = seq, Chain = link }, WireJson.Default.WireRecord);
        if (record.Length > Frame.MaxRecordBytes) throw new ArgumentException($"a record of {record.Length} bytes; at most {Frame.MaxRecordBytes}");
        var marks = (link is null ? FrameFlags.None : FrameFlags.Chained) | (draft.Track?.ThinnedM is null ? FrameFlags.None : FrameFlags.Thinned);
        Tally = pending.Add(seq, priority, draft.Kind, marks, record, origin, Tally);
        folder.Daily.Add(draft.Stamp.DeviceTime, pending.Headers[^1].Header.Length + Frame.HeaderBytes + (pending.Epoch.IsSealed ? FrameSeal.OverheadBytes : 0));
        next++;
        if (pending.Count == 1) anything.Release();
        return new RecordId(pending.Epoch.Epoch, seq);
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
                if (!last) MoveForks();
                if (!last) Rewrite();
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
        lock (gate) Close();
        while (true)
        {
            PendingGroup group;
            lock (gate)
            {
                if (closed.Count == 0) return;
                group = closed[0];
            }

            var (segment, stored) = Write(group);
            lock (gate)
            {
                foreach (var (header, offset) in stored) group.Epoch.Add(segment, offset, header);
                group.Epoch.Tally = group.Tally!;
                Dropped += folder.Replace(group.Origins);
                closed.RemoveAt(0);
                Commits++;
                if (!ending.IsCancellationRequested) budget.Apply(Add);
            }

            lock (gate) folder.Witness(group.Epoch);
            group.Complete();
            Ready?.Invoke();
        }
    }

    // What is pending becomes a group of its own, or part of one of its epoch that failed before.
    private void Close()
    {
        if (pending.Count == 0) return;
        if (closed.Count > 0 && closed[^1].Epoch == pending.Epoch) closed[^1].Append(pending);
        else closed.Add(pending);
        pending = new PendingGroup(folder.Current);
    }

    private void MoveForks()
    {
        lock (gate)
        {
            if (!forks.AreAsked) return;
            try
            {
                if (forks.NeedNewEpoch)
                {
                    Close();
                    folder.Begin(Tally);
                    pending = new PendingGroup(folder.Current);
                    next = folder.Current.Next;
                    Tally = folder.Current.Tally;
                }

                forks.Move(Add);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OutboxException($"a new epoch could not be begun: {e.Message}", e);
            }
        }

        Flush();
    }

    // One file at a time: whoever waits for an fsync waits for no more than that.
    private void Rewrite()
    {
        EpochFolder? epoch;
        SegmentRewrite? rewrite = null;
        lock (gate)
        {
            if (Environment.TickCount64 >= nextLookMs)
            {
                nextLookMs = Environment.TickCount64 + (long)(options.RewriteSeconds * 1000);
                foreach (var each in folder.Epochs) each.Look();
                looking = true;
            }

            if (!looking) return;
            // Near the budget a little is worth a rewrite, and at once.
            var pressed = folder.DiskBytes > options.MaxBytes * OutboxBudget.From;
            epoch = folder.Epochs.FirstOrDefault(e => (rewrite = e.NextRewrite(pressed ? 0.1 : 0.5, patient: !pressed)) is not null);
        }

        looking = rewrite is not null;
        if (epoch is null || rewrite is null) return;
        try
        {
            looking = rewrite.Write();
            if (!looking) return;
            var before = rewrite.Segment.DurableLength;
            lock (gate) epoch.Finish(rewrite);
            log.Rewritten(rewrite.Segment.Path, before, rewrite.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays as it is; only space is not gained.
            looking = false;
            log.CannotWrite($"{rewrite.Path}: {e.Message}");
        }

        if (!looking) return;
        anything.Release();
        now.Release();
    }

    private (Segment Segment, IReadOnlyList<(FrameHeader Header, long Offset)> Stored) Write(PendingGroup group)
    {
        try
        {
            Segment segment;
            lock (gate) segment = group.Epoch.Target(group.FirstSeq, group.StoredBytes, options.SegmentBytes);
            var stored = segment.Append(group);
            WriteAppendLog(group);
            return (segment, stored);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var cause = new OutboxException($"the outbox could not be written: {e.Message}", e);
            lock (gate)
            {
                foreach (var waiting in closed) waiting.Fail(cause);
            }

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
            lines.Append(AppendLogFile.Line(group.Epoch.Epoch, header.Seq, header.Kind, group.Record(i)));
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
