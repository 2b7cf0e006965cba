using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// One file of frames, named by its first sequence number: first the <see cref="Tally"/> of what came before, then
/// records. Written at its durable end only. Its file is opened when it is needed.
/// </summary>
internal sealed class Segment : IDisposable
{
    public const string Extension = ".seg";

    private SafeFileHandle? file;
    private int waitingAtLook = -1;
    private long lastSeq;

    private Segment(string path, long firstSeq, FrameSeal? seal, FileMode mode)
    {
        Path = path;
        FirstSeq = firstSeq;
        Seal = seal;
        lastSeq = firstSeq - 1;
        file = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite);
        DurableLength = RandomAccess.GetLength(file);
    }

    public string Path { get; }

    public long FirstSeq { get; }

    /// <summary>Encrypts its frames; null when they are not encrypted.</summary>
    public FrameSeal? Seal { get; }

    /// <summary>Bytes that have been fsynced; what follows them is overwritten.</summary>
    public long DurableLength { get; private set; }

    /// <summary>True while no record is in it.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Records in it that the hub has not acknowledged.</summary>
    public int Waiting { get; set; }

    /// <summary>Bytes of their frames.</summary>
    public long WaitingBytes { get; set; }

    /// <summary>True when nothing of it was acknowledged between the last two looks.</summary>
    public bool IsStill { get; set; }

    /// <summary>Looks whether anything of it was acknowledged since the last look.</summary>
    public void Look()
    {
        IsStill = waitingAtLook == Waiting;
        waitingAtLook = Waiting;
    }

    /// <summary>Makes a file whose first frame becomes durable together with its first records.</summary>
    public static Segment Create(string folder, long firstSeq, Tally before, FrameSeal? seal)
    {
        // One that is there already is empty: an attempt that failed after making it.
        var segment = new Segment(System.IO.Path.Combine(folder, $"{firstSeq:D19}{Extension}"), firstSeq, seal, FileMode.Create) { IsEmpty = true };
        var head = before.ToFrame(seal);
        RandomAccess.Write(segment.Handle(), head, 0);
        segment.DurableLength = head.Length;
        DurableFile.SyncFolder(folder);
        return segment;
    }

    /// <summary>Finds all segments of a folder, oldest first.</summary>
    public static List<Segment> OpenAll(string folder, FrameSeal? seal)
    {
        List<Segment> segments = [.. Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(p => (Path: p, Named: long.TryParse(System.IO.Path.GetFileNameWithoutExtension(p), out var seq), Seq: seq))
            .Where(p => p.Named)
            .OrderBy(p => p.Seq)
            .Select(p =>
            {
                var segment = new Segment(p.Path, p.Seq, seal, FileMode.Open);
                segment.Close();
                return segment;
            })];
        return segments;
    }

    /// <summary>Writes at the durable end and fsyncs. After a failure the same place is written again.</summary>
    /// <returns>The frames as they are stored, and where.</returns>
    public IReadOnlyList<(FrameHeader Header, long Offset)> Append(PendingGroup group)
    {
        var at = DurableLength;
        var (bytes, headers) = Stored(group);
        RandomAccess.Write(Handle(), bytes.Span, at);
        DurableFile.SyncData(Handle());
        DurableLength = at + bytes.Length;
        IsEmpty = false;
        lastSeq = headers[^1].Header.Seq;
        return [.. headers.Select(h => (h.Header, at + h.Offset))];
    }

    /// <summary>Makes durable what an ended process wrote and may not have fsynced.</summary>
    public void Flush() => RandomAccess.FlushToDisk(Handle());

    /// <summary>Reads up to the target's length.</summary>
    /// <returns>How many bytes there were.</returns>
    public int Read(long offset, Span<byte> target)
    {
        var read = 0;
        while (read < target.Length)
        {
            var n = RandomAccess.Read(Handle(), target[read..], offset + read);
            if (n == 0) break;
            read += n;
        }

        return read;
    }

    public byte[] ReadAll()
    {
        var data = new byte[DurableLength];
        return Read(0, data) == data.Length ? data : throw new EndOfStreamException($"{Path} is shorter than it was");
    }

    /// <summary>Finds every whole frame.</summary>
    /// <param name="found">Called with each frame, its offset and its bytes, in order; the head is the first.</param>
    /// <returns>Bytes that belong to no whole frame.</returns>
    public long Scan(Action<FrameHeader, long, ReadOnlyMemory<byte>> found)
    {
        IsEmpty = true;
        lastSeq = FirstSeq - 1;
        return Frame.Scan(ReadAll(), FirstSeq, Seal, (header, at, body) =>
        {
            IsEmpty &= header.Flags.HasFlag(FrameFlags.Head);
            if (!header.Flags.HasFlag(FrameFlags.Head)) lastSeq = header.Seq;
            found(header, at, body);
        });
    }

    /// <summary>Puts a file in its place that holds fewer of the same frames and is durable.</summary>
    public void ReplaceBy(string path, long length)
    {
        File.Move(path, Path, overwrite: true);
        DurableFile.SyncFolder(System.IO.Path.GetDirectoryName(Path)!);
        Close();
        DurableLength = length;
    }

    public void Delete()
    {
        Dispose();
        SegmentIndex.Delete(this);
        File.Delete(Path);
    }

    /// <summary>Lets go of the file until it is needed again.</summary>
    public void Close()
    {
        file?.Dispose();
        file = null;
    }

    public void Dispose() => Close();

    private (ReadOnlyMemory<byte> Bytes, IReadOnlyList<(FrameHeader Header, int Offset)> Headers) Stored(PendingGroup group)
    {
        if (Seal is null) return (group.Memory, group.Headers);
        var bytes = new ArrayBufferWriter<byte>(group.Frames.Length + (group.Count * FrameSeal.OverheadBytes));
        List<(FrameHeader, int)> headers = new(group.Count);
        var before = lastSeq;
        foreach (var (header, offset) in group.Headers)
        {
            var at = bytes.WrittenCount;
            bytes.Write(Seal.Close(header, group.Frames.Slice(offset + Frame.HeaderBytes, header.Length), header.Seq - before, out var stored));
            headers.Add((stored, at));
            before = header.Seq;
        }

        return (bytes.WrittenMemory, headers);
    }

    private SafeFileHandle Handle() => file ??= File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
}
