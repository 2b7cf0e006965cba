using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// The bytes of a frame: with <see cref="FrameFlags.Origin"/> first the length (2) and JSON of the origin; then the
/// record's JSON, with <see cref="FrameFlags.Packed"/> as its length (4) and brotli. What is hashed and sent is always
/// the JSON.
/// </summary>
internal static class FrameBody
{
    /// <summary>Shorter records are stored as they are: packing them costs more than it saves.</summary>
    public const int PackFromBytes = 512;

    /// <summary>Effort for what comes often.</summary>
    public const int Quick = 5;

    /// <summary>Effort for what comes once a minute: milliseconds for a tenth of the bytes.</summary>
    public const int Thorough = 11;

    /// <summary>Writes the body.</summary>
    /// <param name="target">Takes it; the header's room is already there.</param>
    /// <param name="record">JSON.</param>
    /// <param name="origin">What it replaces; null for nothing.</param>
    /// <param name="effort">Brotli's quality, 0 to 11.</param>
    /// <returns>The flags that say how to read it.</returns>
    public static FrameFlags Write(IBufferWriter<byte> target, ReadOnlySpan<byte> record, Origin? origin, int effort = Quick)
    {
        var flags = FrameFlags.None;
        if (origin is not null)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(origin, OutboxJson.Default.Origin);
            BinaryPrimitives.WriteUInt16LittleEndian(target.GetSpan(2), checked((ushort)json.Length));
            target.Advance(2);
            target.Write(json);
            flags |= FrameFlags.Origin;
        }

        if (record.Length >= PackFromBytes)
        {
            var room = target.GetSpan(4 + BrotliEncoder.GetMaxCompressedLength(record.Length));
            if (BrotliEncoder.TryCompress(record, room[4..], out var packed, effort, window: 16) && packed + 4 < record.Length)
            {
                BinaryPrimitives.WriteInt32LittleEndian(room, record.Length);
                target.Advance(4 + packed);
                return flags | FrameFlags.Packed;
            }
        }

        target.Write(record);
        return flags;
    }

    /// <summary>The record's JSON; null when the body is not what its flags say.</summary>
    public static ReadOnlyMemory<byte>? Record(FrameFlags flags, ReadOnlyMemory<byte> body)
    {
        if (flags.HasFlag(FrameFlags.Origin))
        {
            var start = 2 + BinaryPrimitives.ReadUInt16LittleEndian(body.Span);
            body = body[start..];
        }

        if (!flags.HasFlag(FrameFlags.Packed)) return body;
        var length = BinaryPrimitives.ReadInt32LittleEndian(body.Span);
        if (length is < 1 or > Frame.MaxRecordBytes) return null;
        var record = new byte[length];
        return BrotliDecoder.TryDecompress(body.Span[4..], record, out var unpacked) && unpacked == length ? record : null;
    }

    /// <summary>What the record replaces; null for nothing.</summary>
    public static Origin? ReadOrigin(FrameFlags flags, ReadOnlySpan<byte> body) =>
        flags.HasFlag(FrameFlags.Origin)
            ? JsonSerializer.Deserialize(body.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(body)), OutboxJson.Default.Origin)
            : null;
}
