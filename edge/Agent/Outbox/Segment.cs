using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// One file of frames, named by its first sequence number: first the <see cref="Tally"/> of what came before, then
/// records. Written at its durable end only.
/// </summary>
internal sealed class Segment : IDisposable
{
    private const string Extension = ".seg";

    private readonly SafeFileHandle file;

    private Segment(string path, long firstSeq, FileMode mode)
    {
        Path = path;
        FirstSeq = firstSeq;
        file = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read);
        DurableLength = RandomAccess.GetLength(file);
    }

    public string Path { get; }

    public long FirstSeq { get; }

    /// <summary>Bytes that have been fsynced; what follows them is overwritten.</summary>
    public long DurableLength { get; private set; }

    /// <summary>True while no record is in it.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Records in it that the hub has not acknowledged.</summary>
    public int Waiting { get; set; }

    /// <summary>Makes a file whose first frame becomes durable together with its first records.</summary>
    public static Segment Create(string folder, long firstSeq, Tally before)
    {
        // One that is there already is empty: an attempt that failed after making it.
        var segment = new Segment(System.IO.Path.Combine(folder, $"{firstSeq:D19}{Extension}"), firstSeq, FileMode.Create) { IsEmpty = true };
        var head = before.ToFrame();
        RandomAccess.Write(segment.file, head, 0);
        segment.DurableLength = head.Length;
        DurableFile.SyncFolder(folder);
        return segment;
    }

    /// <summary>Opens all segments of a folder, oldest first.</summary>
    public static List<Segment> OpenAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(p => (Path: p, Named: long.TryParse(System.IO.Path.GetFileNameWithoutExtension(p), out var seq), Seq: seq))
            .Where(p => p.Named)
            .OrderBy(p => p.Seq)
            .Select(p => new Segment(p.Path, p.Seq, FileMode.Open))];

    /// <summary>Writes at the durable end and fsyncs. After a failure the same place is written again.</summary>
    /// <returns>Where the bytes begin.</returns>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        var at = DurableLength;
        RandomAccess.Write(file, bytes, at);
        DurableFile.SyncData(file);
        DurableLength = at + bytes.Length;
        IsEmpty = false;
        return at;
    }

    /// <summary>Makes durable what an ended process wrote and may not have fsynced.</summary>
    public void Flush() => RandomAccess.FlushToDisk(file);

    public void Read(long offset, Span<byte> target)
    {
        var read = 0;
        while (read < target.Length)
        {
            var n = RandomAccess.Read(file, target[read..], offset + read);
            if (n == 0) throw new EndOfStreamException($"{Path} ends at {offset + read}");
            read += n;
        }
    }

    /// <summary>Finds every whole frame.</summary>
    /// <param name="found">Called with each frame, its offset and its bytes, in order; the head is the first.</param>
    /// <returns>Bytes that belong to no whole frame.</returns>
    public long Scan(Action<FrameHeader, long, ReadOnlyMemory<byte>> found)
    {
        var data = new byte[DurableLength];
        Read(0, data);
        long lost = 0;
        var last = FirstSeq - 1;
        IsEmpty = true;
        for (var at = 0; at < data.Length;)
        {
            if (Frame.TryRead(data.AsSpan(at), out var header))
            {
                var body = data.AsMemory(at + Frame.HeaderBytes, header.Length);
                var isHead = header.Flags.HasFlag(FrameFlags.Head);
                // A frame that repeats a number is left over from before a failed write.
                if (isHead ? at == 0 : header.Seq > last)
                {
                    found(header, at, body);
                    IsEmpty &= isHead;
                    last = Math.Max(last, header.Seq);
                    at += Frame.HeaderBytes + header.Length;
                    continue;
                }
            }

            var next = Frame.FindNext(data.AsSpan(at));
            var skipped = next < 0 ? data.Length - at : next;
            lost += skipped;
            at += skipped;
        }

        return lost;
    }

    public void Delete()
    {
        Dispose();
        File.Delete(Path);
    }

    public void Dispose() => file.Dispose();
}
