using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// The records of one epoch: its segments, what of them is acknowledged, and the index of the rest. Not thread-safe; the
/// outbox locks.
/// </summary>
internal sealed class EpochFolder : IDisposable
{
    private readonly string path;
    private readonly List<Segment> segments;
    private readonly AcknowledgedFile acknowledged;
    private readonly ILogger log;
    private readonly RecordIndex index = new();

    private EpochFolder(string path, ILogger log)
    {
        this.path = path;
        this.log = log;
        Epoch = Path.GetFileName(path);
        segments = Segment.OpenAll(path);
        acknowledged = new AcknowledgedFile(Path.Combine(path, "acknowledged"));
    }

    public string Epoch { get; }

    /// <summary>Number that the next record gets.</summary>
    public long Next => index.Next;

    public int Waiting { get; private set; }

    public int WaitingActions { get; private set; }

    public long WaitingBytes { get; private set; }

    /// <summary>Of all that is durable.</summary>
    public Tally Tally { get; set; } = Tally.Zero;

    /// <summary>What the records found at the start take the place of.</summary>
    public List<Origin> Origins { get; } = [];

    /// <summary>Bytes that belonged to no whole frame when the folder was opened: this epoch takes no more records.</summary>
    public long DamagedBytes { get; private set; }

    /// <summary>Makes an epoch, durable with its first file.</summary>
    public static EpochFolder Create(string path, Tally tally, ILogger log)
    {
        Directory.CreateDirectory(path);
        var folder = new EpochFolder(path, log) { Tally = tally };
        folder.segments.Add(Segment.Create(path, 1, tally));
        folder.segments[0].Flush();
        DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
        return folder;
    }

    public static EpochFolder Open(string path, ILogger log)
    {
        var folder = new EpochFolder(path, log);
        folder.Recover();
        return folder;
    }

    /// <summary>The segment that takes the next frames; a full one is followed by a new one.</summary>
    public Segment Target(long firstSeq, int bytes, int segmentBytes)
    {
        var last = segments.Count > 0 ? segments[^1] : null;
        if (last is not null && (last.IsEmpty || last.DurableLength + bytes <= segmentBytes)) return last;
        last = Segment.Create(path, firstSeq, Tally);
        segments.Add(last);
        return last;
    }

    /// <summary>Makes a durable record ready to be sent.</summary>
    public void Add(Segment segment, long offset, FrameHeader frame)
    {
        index.Add(frame.Seq, new RecordEntry
        {
            Offset = (int)offset,
            Length = frame.Length,
            FromSegmentStart = (int)(frame.Seq - segment.FirstSeq),
            Priority = frame.Priority,
            Kind = frame.Kind,
            State = RecordEntryState.Ready,
            Flags = frame.Flags,
        });
        segment.Waiting++;
        Count(frame.Priority, frame.Length, 1);
    }

    public bool HasReady(RecordPriority priority) => index.NextReady(priority, 0) is not null;

    /// <summary>Takes ready records, urgent before bulk and old before new, until a limit is reached.</summary>
    public OutboxBatch? Take(int maxRecords, int maxBytes, RecordPriority upTo)
    {
        List<long> seqs = [];
        List<ReadOnlyMemory<byte>> records = [];
        var bytes = 0;
        for (var priority = RecordPriority.Duress; priority <= upTo; priority++)
        {
            for (var seq = index.NextReady(priority, 0); seq is { } s && records.Count < maxRecords; seq = index.NextReady(priority, s + 1))
            {
                if (records.Count > 0 && bytes + index.At(s).Length > maxBytes) return Batch();
                if (Read(s) is not { } record)
                {
                    log.Unreadable(Epoch, s);
                    Remove(s);
                    Note(s, s);
                    continue;
                }

                index.At(s).State = RecordEntryState.InFlight;
                seqs.Add(s);
                records.Add(record);
                bytes += record.Length;
            }
        }

        return Batch();

        OutboxBatch? Batch() => records.Count == 0 ? null : new OutboxBatch(Epoch, seqs, records);
    }

    /// <summary>Says that a taken record may be sent again.</summary>
    public void Release(long seq)
    {
        if (index.Holds(seq) && index.At(seq).State == RecordEntryState.InFlight) index.MakeReady(seq);
    }

    /// <summary>Makes durable which records are given up.</summary>
    public void SyncNotes()
    {
        try
        {
            acknowledged.Sync();
        }
        catch (IOException e)
        {
            log.CannotNote(e.Message);
        }
    }

    /// <summary>Keeps a record from being sent: it is about to be dropped or moved.</summary>
    public void Hold(long seq) => index.At(seq).State = RecordEntryState.Held;

    /// <summary>Says that the hub has these records; files that hold nothing else are removed.</summary>
    /// <returns>How many of them were waiting.</returns>
    public int Acknowledge(long first, long last)
    {
        first = Math.Max(first, index.FirstWaiting);
        last = Math.Min(last, index.Next - 1);
        var removed = 0;
        for (var seq = first; seq <= last; seq++) removed += Remove(seq) ? 1 : 0;
        if (removed == 0) return 0;
        Note(first, last);
        Tidy();
        return removed;
    }

    public RecordKind KindOf(long seq) => index.At(seq).Kind;

    public RecordPriority PriorityOf(long seq) => index.At(seq).Priority;

    public bool IsWaiting(long seq) => index.Holds(seq) && index.At(seq).State != RecordEntryState.Gone;

    /// <summary>Waiting records of a kind, oldest first.</summary>
    public IEnumerable<(long Seq, RecordEntryState State, int Length)> WaitingOf(Func<RecordKind, bool> kind)
    {
        for (var seq = index.FirstWaiting; seq < index.Next; seq++)
        {
            var entry = index.At(seq);
            if (entry.State != RecordEntryState.Gone && kind(entry.Kind)) yield return (seq, entry.State, entry.Length);
        }
    }

    /// <summary>The JSON of a record; null when the disk no longer gives what was written.</summary>
    public ReadOnlyMemory<byte>? Read(long seq)
    {
        var entry = index.At(seq);
        var frame = new byte[Frame.HeaderBytes + entry.Length];
        try
        {
            SegmentOf(seq).Read(entry.Offset, frame);
        }
        catch (IOException)
        {
            return null;
        }

        return Frame.TryRead(frame, out var header) && header.Seq == seq ? FrameBody.Record(header.Flags, frame.AsMemory(Frame.HeaderBytes)) : null;
    }

    /// <summary>Removes the folder of an epoch that takes no more records and has none left.</summary>
    public void Delete()
    {
        Dispose();
        Directory.Delete(path, recursive: true);
    }

    public void Dispose()
    {
        foreach (var segment in segments) segment.Dispose();
        acknowledged.Dispose();
    }

    private void Recover()
    {
        if (segments.Count > 0) index.StartAt(segments[0].FirstSeq);
        foreach (var segment in segments)
        {
            // A gap between files is a file that was acknowledged and removed.
            segment.Flush();
            DamagedBytes += segment.Scan((frame, offset, body) =>
            {
                if (frame.Flags.HasFlag(FrameFlags.Head))
                {
                    Tally = Tally.Read(body.Span) ?? Tally;
                    return;
                }

                var origin = FrameBody.ReadOrigin(frame.Flags, body.Span);
                if (origin is not null) Origins.Add(origin);
                if (FrameBody.Record(frame.Flags, body) is { } record) Tally = Tally.After(frame.Kind, frame.Flags, record.Span, origin);
                // A file may end in what a failed write left of a group that then went whole into the next file.
                if (frame.Seq >= index.Next) Add(segment, offset, frame);
            });
        }

        // Without a tally nothing can be chained: a file that was emptied, or a folder of which all files were taken.
        if (segments.Count == 0 || (segments.Count == 1 && segments[0].DurableLength == 0)) DamagedBytes++;
        foreach (var (first, last) in acknowledged.ReadAll())
        {
            for (var seq = Math.Max(first, index.FirstWaiting); seq <= Math.Min(last, index.Next - 1); seq++) Remove(seq);
        }

        // The last file names the next number even when it is empty.
        if (segments.Count > 0 && index.Next < segments[^1].FirstSeq) index.Add(segments[^1].FirstSeq - 1, default);
        // The power went between making the file and its first write.
        if (segments.Count > 1 && segments[^1].DurableLength == 0)
        {
            segments[^1].Delete();
            segments.RemoveAt(segments.Count - 1);
        }

        Tidy();
    }

    private bool Remove(long seq)
    {
        ref var entry = ref index.At(seq);
        if (entry.State == RecordEntryState.Gone) return false;
        entry.State = RecordEntryState.Gone;
        SegmentOf(seq).Waiting--;
        Count(entry.Priority, entry.Length, -1);
        return true;
    }

    // A disk that is full must still be freed: a note that is missing only means that records are sent once more.
    private void Note(long first, long last)
    {
        try
        {
            acknowledged.Append(first, last);
        }
        catch (IOException e)
        {
            log.CannotNote(e.Message);
        }
    }

    private void Tidy()
    {
        // The last file stays: it names the next sequence number.
        // And the one before it while nothing is in the last: the tally is in it.
        for (var i = segments.Count - (segments.Count > 0 && segments[^1].IsEmpty ? 3 : 2); i >= 0; i--)
        {
            if (segments[i].Waiting > 0) continue;
            segments[i].Delete();
            segments.RemoveAt(i);
        }

        index.Trim();
        if (!acknowledged.IsLong) return;
        try
        {
            acknowledged.Rewrite(index.GoneRanges(segments[0].FirstSeq));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.CannotNote(e.Message);
        }
    }

    private Segment SegmentOf(long seq)
    {
        var start = seq - index.At(seq).FromSegmentStart;
        return segments.Find(s => s.FirstSeq == start) ?? throw new InvalidOperationException($"no segment from {start}");
    }

    private void Count(RecordPriority priority, int length, int sign)
    {
        Waiting += sign;
        WaitingBytes += sign * (long)(length + Frame.HeaderBytes);
        if (priority <= RecordPriority.Action) WaitingActions += sign;
    }
}
