namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// A closed segment written again without what is gone: one record that nobody acknowledges holds its own bytes, not those
/// of its whole file. The frames keep their numbers and contents; the new file takes the old one's name when it
/// is durable. Made under the outbox's lock, written without it.
/// </summary>
internal sealed class SegmentRewrite(Segment segment, IReadOnlyList<(long Seq, RecordEntry Entry)> waiting)
{
    /// <summary>Rewriting to save less costs more than it saves.</summary>
    public const int LeastBytes = 4 * 1024;

    private readonly List<(long Seq, int Offset)> offsets = [];

    public Segment Segment => segment;

    public string Path { get; } = segment.Path + ".new";

    public long Length { get; private set; }

    /// <summary>Where the records are in the new file.</summary>
    public IReadOnlyList<(long Seq, int Offset)> Offsets => offsets;

    /// <summary>Writes and fsyncs the new file.</summary>
    /// <returns>False when a frame does not read as written: the file is left alone.</returns>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public bool Write()
    {
        // A handle of its own: the segment's may be closed by a reader meanwhile.
        using var source = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var start = new byte[Frame.HeaderBytes + Tally.MaxBytes + FrameSeal.OverheadBytes];
        var read = RandomAccess.Read(source, start, 0);
        if (!Frame.TryRead(start.AsSpan(0, read), out var head) || !head.Flags.HasFlag(FrameFlags.Head)) return false;
        using var target = File.OpenHandle(Path, FileMode.Create, FileAccess.Write);
        Length = Frame.HeaderBytes + head.Length;
        RandomAccess.Write(target, start.AsSpan(0, (int)Length), 0);
        var last = segment.FirstSeq - 1;
        foreach (var (seq, entry) in waiting)
        {
            var frame = new byte[Frame.HeaderBytes + entry.Length];
            read = RandomAccess.Read(source, frame, entry.Offset);
            if (!Frame.TryRead(frame.AsSpan(0, read), out var header) || header.Seq != seq) return false;
            if (segment.Seal is { } seal)
            {
                // Another one is before it now.
                if (!seal.TryOpen(header, frame.AsMemory(Frame.HeaderBytes), out var body, out _)) return false;
                frame = seal.Close(header with { Flags = header.Flags & ~FrameFlags.Sealed }, body.Span, seq - last, out _);
            }

            last = seq;
            RandomAccess.Write(target, frame, Length);
            offsets.Add((seq, (int)Length));
            Length += frame.Length;
        }

        RandomAccess.FlushToDisk(target);
        return true;
    }
}
