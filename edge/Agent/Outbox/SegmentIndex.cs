using System.Buffers.Binary;
using System.Text;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// What a closed segment holds, beside it, so that a start need not read it: mark (4), entries (4), length of the segment
/// (8), CRC of its first bytes (4), zero (4), per waiting record its number's distance to the first (4), offset (4), length
/// (4), priority, kind, flags and zero (1 each), and a CRC-32C (4) over all; encrypted as a whole when the segment is. Written without fsync and believed only as far
/// as it goes: a frame that is not where it says makes the segment be read after all.
/// </summary>
internal static class SegmentIndex
{
    private const uint Mark = 0x58444931; // "1IDX"
    private const int HeaderBytes = 24;
    private const int EntryBytes = 16;
    private const int CheckedBytes = 256;

    public static void Write(Segment segment, IReadOnlyCollection<(long Seq, RecordEntry Entry)> waiting)
    {
        var data = new byte[HeaderBytes + (waiting.Count * EntryBytes) + 4];
        BinaryPrimitives.WriteUInt32LittleEndian(data, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), waiting.Count);
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(8), segment.DurableLength);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(16), Start(segment));
        var at = HeaderBytes;
        foreach (var (seq, entry) in waiting)
        {
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(at), (int)(seq - segment.FirstSeq));
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(at + 4), entry.Offset);
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(at + 8), entry.Length);
            data[at + 12] = (byte)entry.Priority;
            data[at + 13] = (byte)entry.Kind;
            data[at + 14] = (byte)(entry.Flags & FrameFlags.Stored);
            at += EntryBytes;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(at), Frame.Crc(data.AsSpan(0, at)));
        try
        {
            // An index that others may write would hide records.
            File.WriteAllBytes(PathOf(segment), segment.Seal?.CloseBeside(data, About(segment)) ?? data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next start reads the segment.
        }
    }

    /// <summary>Reads it.</summary>
    /// <returns>Null when there is none, or it is not of this segment as it is.</returns>
    public static List<(long Seq, RecordEntry Entry)>? Read(Segment segment)
    {
        byte[] data;
        try
        {
            var path = PathOf(segment);
            if (!File.Exists(path)) return null;
            data = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (segment.Seal is { } seal)
        {
            if (seal.OpenBeside(data, About(segment)) is not { } opened) return null;
            data = opened;
        }

        if (data.Length < HeaderBytes + 4 || BinaryPrimitives.ReadUInt32LittleEndian(data) != Mark) return null;
        var count = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(4));
        if (count < 0 || data.Length != HeaderBytes + ((long)count * EntryBytes) + 4) return null;
        if (BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(8)) != segment.DurableLength) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(data.Length - 4)) != Frame.Crc(data.AsSpan(0, data.Length - 4))) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(16)) != Start(segment)) return null;
        var entries = new List<(long, RecordEntry)>(count);
        for (var at = HeaderBytes; at < data.Length - 4; at += EntryBytes)
        {
            var distance = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at));
            entries.Add((segment.FirstSeq + distance, new RecordEntry
            {
                Offset = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at + 4)),
                Length = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at + 8)),
                FromSegmentStart = distance,
                Priority = (RecordPriority)data[at + 12],
                Kind = (Wire.RecordKind)data[at + 13],
                Flags = (FrameFlags)data[at + 14],
                State = RecordEntryState.Ready,
            }));
        }

        return entries;
    }

    public static void Delete(Segment segment) => File.Delete(PathOf(segment));

    private static string PathOf(Segment segment) => Path.ChangeExtension(segment.Path, ".idx");

    private static byte[] About(Segment segment) => Encoding.ASCII.GetBytes(Path.GetFileName(PathOf(segment)));

    private static uint Start(Segment segment)
    {
        Span<byte> start = stackalloc byte[CheckedBytes];
        return Frame.Crc(start[..segment.Read(0, start)]);
    }
}
