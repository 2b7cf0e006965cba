using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// A record's JSON as it lies in the store: as it came, or compressed where that saves half a page, in the encoding of the
/// wire, so that what reads the wire reads it.
/// </summary>
internal static class StoredBody
{
    private const int CompressFromBytes = 512;

    public static ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> json)
    {
        if (json.Length < CompressFromBytes) return json;
        var target = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(json.Length) + 1);
        try
        {
            target[0] = (byte)'B';
            return BrotliEncoder.TryCompress(json.Span, target.AsSpan(1), out var written, quality: 1, window: 16) && written + 1 < json.Length
                ? target.AsSpan(0, written + 1).ToArray()
                : json;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(target);
        }
    }

    /// <summary>The JSON, byte for byte as the vehicle wrote it.</summary>
    public static ReadOnlyMemory<byte> Unpack(byte[] body) => WireCodec.Decode(body);

    public static WireRecord Read(byte[] body) => JsonSerializer.Deserialize(Unpack(body).Span, WireJson.Default.WireRecord)!;
}
