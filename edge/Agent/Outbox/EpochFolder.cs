using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// The records of one epoch: its segments, what of them is acknowledged, and the index of the rest. Not thread-safe; the
/// outbox locks.
/// </summary>
internal sealed partial class EpochFolder : IDisposable
{
    private readonly string path;
    private readonly SegmentSet segments;
    private readonly AcknowledgedFile acknowledged;
    private readonly ILogger log;
    private readonly RecordIndex index = new();
    private readonly FrameSeal? seal;

    private EpochFolder(string path, DataKey? key, ILogger log)
    {
        this.path = path;
        this.log = log;
        Epoch = Path.GetFileName(path);
        seal = FrameSeal.Of(key, Epoch);
        segments = new SegmentSet(path, seal);
        acknowledged = new AcknowledgedFile(Path.Combine(path, "acknowledged"), RangeCheck.Of(key, Epoch));
    }

    public string Epoch { get; }

    /// <summary>True when its frames are encrypted.</summary>
    public bool IsSealed => seal is not null;

    /// <summary>Number that the next record gets.</summary>
    public long Next => index.Next;

    public int Waiting { get; private set; }

    public int WaitingActions { get; private set; }

    public long WaitingBytes { get; private set; }

    /// <summary>Bytes of its files of records.</summary>
    public long DiskBytes => segments.Bytes;

    /// <summary>Of all that is durable.</summary>
    public Tally Tally { get; set; } = Tally.Zero;

    /// <summary>What the records found at the start take the place of.</summary>
    public List<Origin> Origins { get; } = [];

    /// <summary>Bytes that belonged to no whole frame when the folder was opened: this epoch takes no more records.</summary>
    public long DamagedBytes { get; private set; }

    /// <summary>Makes an epoch, durable with its first file.</summary>
    public static EpochFolder Create(string path, Tally tally, DataKey? key, ILogger log)
    {
        Directory.CreateDirectory(path);
        var folder = new EpochFolder(path, key, log) { Tally = tally };
        folder.segments.Create(1, tally).Flush();
        DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
        return folder;
    }

    public static EpochFolder Open(string path, DataKey? key, ILogger log)
    {
        foreach (var unfinished in Directory.EnumerateFiles(path, "*.new")) File.Delete(unfinished);
        var folder = new EpochFolder(path, key, log);
        folder.Recover();
        return folder;
    }

    /// <summary>The segment that takes the next frames; a full one is followed by a new one.</summary>
    public Segment Target(long firstSeq, int bytes, int segmentBytes)
    {
        var last = segments.Last;
        if (last is not null && (last.IsEmpty || last.DurableLength + bytes <= segmentBytes)) return last;
        var target = segments.Create(firstSeq, Tally);
        if (last is not null) WriteIndex(last);
        return target;
    }

    /// <summary>Makes a durable record ready to be sent.</summary>
    public void Add(Segment segment, long offset, FrameHeader frame) => Add(segment, frame.Seq, new RecordEntry
    {
        Offset = (int)offset,
        Length = frame.Length,
        FromSegmentStart = (int)(frame.Seq - segment.FirstSeq),
        Priority = frame.Priority,
        Kind = frame.Kind,
        State = RecordEntryState.Ready,
        Flags = frame.Flags,
    });

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
                    GiveUp(s);
                    continue;
                }

                ref var entry = ref index.At(s);
                entry.State = RecordEntryState.InFlight;
                entry.Flags |= FrameFlags.Sent;
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

    /// <summary>Notes that thinning a record gains nothing.</summary>
    public void Keep(long seq) => index.At(seq).Flags |= FrameFlags.Kept;

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

    /// <summary>Gives up a record that the disk no longer has as it was written.</summary>
    public void GiveUp(long seq)
    {
        log.Unreadable(Epoch, seq);
        Remove(seq);
        Note(seq, seq);
    }

    public RecordEntry EntryOf(long seq) => index.At(seq);

    public bool IsWaiting(long seq) => index.Holds(seq) && index.At(seq).State != RecordEntryState.Gone;

    /// <summary>Waiting records, oldest first.</summary>
    public IEnumerable<(long Seq, RecordEntry Entry)> WaitingOf(Func<RecordKind, bool> kind)
    {
        for (var seq = index.FirstWaiting; seq < index.Next; seq++)
        {
            var entry = index.At(seq);
            if (entry.State != RecordEntryState.Gone && kind(entry.Kind)) yield return (seq, entry);
        }
    }

    /// <summary>The JSON of a record; null when the disk no longer gives what was written.</summary>
    public ReadOnlyMemory<byte>? Read(long seq)
    {
        if (ReadFrame(seq) is { } found) return found;
        // The index beside the segment may be wrong; the segment is read before the record is given up.
        Rescan(SegmentOf(seq));
        return IsWaiting(seq) ? ReadFrame(seq) : null;
    }

    /// <summary>Looks which files are still: see <see cref="NextRewrite"/>.</summary>
    public void Look()
    {
        foreach (var segment in segments.All) segment.Look();
    }

    /// <summary>A closed file that holds much that is gone; null for none.</summary>
    /// <param name="share">Least share of it that is gone.</param>
    /// <param name="patient">Leaves those of which something was acknowledged since the look before the last.</param>
    public SegmentRewrite? NextRewrite(double share, bool patient)
    {
        for (var i = 0; i < segments.All.Count - (segments.Last is { IsEmpty: true } ? 2 : 1); i++)
        {
            var segment = segments.All[i];
            if (segment.Waiting == 0 || (patient && !segment.IsStill)) continue;
            if (segment.DurableLength - segment.WaitingBytes < Math.Max(SegmentRewrite.LeastBytes, segment.DurableLength * share)) continue;
            segment.IsStill = false;
            return new SegmentRewrite(segment, [.. WaitingIn(segment)]);
        }

        return null;
    }

    /// <summary>Puts a rewritten file in the place of the old one.</summary>
    public void Finish(SegmentRewrite rewrite)
    {
        var segment = rewrite.Segment;
        // All of it may have been acknowledged meanwhile.
        if (!segments.All.Contains(segment))
        {
            File.Delete(rewrite.Path);
            return;
        }

        SegmentIndex.Delete(segment);
        segment.ReplaceBy(rewrite.Path, rewrite.Length);
        foreach (var (seq, offset) in rewrite.Offsets)
        {
            if (IsWaiting(seq)) index.At(seq).Offset = offset;
        }

        WriteIndex(segment);
    }

    /// <summary>Removes the folder of an epoch that takes no more records and has none left.</summary>
    public void Delete()
    {
        Dispose();
        Directory.Delete(path, recursive: true);
    }

    public void Dispose()
    {
        segments.Dispose();
        acknowledged.Dispose();
        seal?.Dispose();
    }

    private ReadOnlyMemory<byte>? ReadFrame(long seq)
    {
        var entry = index.At(seq);
        var segment = SegmentOf(seq);
        var frame = new byte[Frame.HeaderBytes + entry.Length];
        try
        {
            if (segment.Read(entry.Offset, frame) < frame.Length) return null;
        }
        catch (IOException)
        {
            return null;
        }

        segments.Touch(segment);
        return Frame.TryRead(frame, out var header) && header.Seq == seq && FrameSeal.TryOpen(seal, header, frame.AsMemory(Frame.HeaderBytes), out var body, out _)
            ? FrameBody.Record(header.Flags, body)
            : null;
    }

    private IEnumerable<(long Seq, RecordEntry Entry)> WaitingIn(Segment segment)
    {
        for (var seq = Math.Max(segment.FirstSeq, index.FirstWaiting); seq < index.Next; seq++)
        {
            var entry = index.At(seq);
            if (entry.State == RecordEntryState.Gone) continue;
            if (seq - entry.FromSegmentStart != segment.FirstSeq) break;
            yield return (seq, entry);
        }
    }

    private void WriteIndex(Segment segment) => SegmentIndex.Write(segment, [.. WaitingIn(segment)]);

    private void Add(Segment segment, long seq, RecordEntry entry)
    {
        index.Add(seq, entry);
        Count(segment, entry, 1);
    }

    private bool Remove(long seq)
    {
        ref var entry = ref index.At(seq);
        if (entry.State == RecordEntryState.Gone) return false;
        entry.State = RecordEntryState.Gone;
        Count(SegmentOf(seq), entry, -1);
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
        segments.RemoveDone();
        index.Trim();
        if (!acknowledged.IsLong) return;
        try
        {
            acknowledged.Rewrite(index.GoneRanges(segments.All[0].FirstSeq));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.CannotNote(e.Message);
        }
    }

    private Segment SegmentOf(long seq) => segments.From(seq - index.At(seq).FromSegmentStart);

    private void Count(Segment segment, RecordEntry entry, int sign)
    {
        var bytes = sign * (long)(entry.Length + Frame.HeaderBytes);
        segment.Waiting += sign;
        segment.WaitingBytes += bytes;
        Waiting += sign;
        WaitingBytes += bytes;
        if (entry.Priority <= RecordPriority.Action) WaitingActions += sign;
    }
}
