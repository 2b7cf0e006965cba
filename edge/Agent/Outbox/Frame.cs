using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// One record in a segment file, little endian: mark (4), length of the bytes (4), CRC-32C over all that follows and the
/// length (4), sequence number (8), priority (1), kind (1), flags (1), zero (1), bytes (<see cref="FrameBody"/>). Text
/// never holds the mark, packed bytes hardly ever, and the CRC decides: after a damaged frame the next one is found by it.
/// </summary>
internal static class Frame
{
    public const int HeaderBytes = 24;

    /// <summary>Longest record; longer lengths are damage.</summary>
    public const int MaxRecordBytes = 256 * 1024;

    public static ReadOnlySpan<byte> Mark => [0xFF, 0x31, 0x31, 0xFE];

    /// <summary>Writes the header before the bytes, which are in place behind it.</summary>
    public static void Seal(Span<byte> frame, FrameHeader header)
    {
        Mark.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[12..], header.Seq);
        frame[20] = (byte)header.Priority;
        frame[21] = (byte)header.Kind;
        frame[22] = (byte)header.Flags;
        frame[23] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Crc(frame, header.Length));
    }

    /// <summary>Reads the frame that starts the span.</summary>
    /// <returns>False when there is no whole, undamaged frame.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out FrameHeader header)
    {
        header = default;
        if (data.Length < HeaderBytes || !data.StartsWith(Mark)) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(data[4..]);
        if (length is < 1 or > MaxRecordBytes || data.Length - HeaderBytes < length) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(data[8..]) != Crc(data, length)) return false;
        header = new FrameHeader(
            BinaryPrimitives.ReadInt64LittleEndian(data[12..]),
            (RecordPriority)Math.Min(data[20], (byte)RecordPriority.Bulk),
            (RecordKind)data[21],
            (FrameFlags)data[22],
            length);
        return true;
    }

    /// <summary>Distance to the next whole frame, at least 1; −1 when there is none.</summary>
    public static int FindNext(ReadOnlySpan<byte> data)
    {
        for (var at = 1; at < data.Length;)
        {
            var found = data[at..].IndexOf(Mark);
            if (found < 0) return -1;
            at += found;
            if (TryRead(data[at..], out _)) return at;
            at++;
        }

        return -1;
    }

    /// <summary>Finds every whole frame of a file.</summary>
    /// <param name="data">The file.</param>
    /// <param name="firstSeq">Number that it is named by.</param>
    /// <param name="seal">Opens its frames; null when they are not encrypted.</param>
    /// <param name="found">Called with each frame as it is stored, its offset and its opened bytes, in order; the head is the first.</param>
    /// <returns>Bytes that belong to no whole frame; at least one for frames that were taken out.</returns>
    public static long Scan(byte[] data, long firstSeq, FrameSeal? seal, Action<FrameHeader, long, ReadOnlyMemory<byte>> found)
    {
        long lost = 0;
        var last = firstSeq - 1;
        for (var at = 0; at < data.Length;)
        {
            // A frame that repeats a number is left over from before a failed write.
            if (TryRead(data.AsSpan(at), out var header) && (header.Flags.HasFlag(FrameFlags.Head) ? at == 0 : header.Seq > last)
                && FrameSeal.TryOpen(seal, header, data.AsMemory(at + HeaderBytes, header.Length), out var body, out var distance))
            {
                if (distance is { } far && !header.Flags.HasFlag(FrameFlags.Head) && header.Seq - far != last) lost++;
                found(header, at, body);
                last = Math.Max(last, header.Seq);
                at += HeaderBytes + header.Length;
                continue;
            }

            var next = FindNext(data.AsSpan(at));
            var skipped = next < 0 ? data.Length - at : next;
            lost += skipped;
            at += skipped;
        }

        return lost;
    }

    /// <summary>CRC-32C (Castagnoli).</summary>
    public static uint Crc(ReadOnlySpan<byte> data) => ~Fold(uint.MaxValue, data);

    private static uint Crc(ReadOnlySpan<byte> frame, int length)
    {
        var crc = Fold(uint.MaxValue, frame[4..8]);
        return ~Fold(crc, frame.Slice(12, HeaderBytes - 12 + length));
    }

    private static uint Fold(uint crc, ReadOnlySpan<byte> data)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var b in data[(words.Length * 8)..]) crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
