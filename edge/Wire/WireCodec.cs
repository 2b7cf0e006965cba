using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Bytes on the wire. The first byte says the encoding, so that MQTT 3.1.1 brokers and plain tools can carry and read
/// messages without properties: <c>{</c> is JSON as it stands, <c>B</c> is brotli-compressed JSON behind that one byte.
/// </summary>
public static class WireCodec
{
    /// <summary>Version of the contract, in every envelope.</summary>
    public const int Version = 1;

    /// <summary>Longest message accepted, bytes as received.</summary>
    public const int MaxEncodedBytes = 256 * 1024;

    /// <summary>Longest message accepted, bytes of JSON: bounds what a compressed message may unfold to.</summary>
    public const int MaxJsonBytes = 4 * 1024 * 1024;

    /// <summary>Most records in one batch.</summary>
    public const int MaxRecords = 5_000;

    private const byte Brotli = (byte)'B';
    private const byte PlainJson = (byte)'{';

    // Below this a compressed message is hardly smaller.
    private const int CompressFromBytes = 256;

    /// <summary>
    /// Brotli's quality for a message over a metered line: a short one is packed as small as it goes, a long one quickly.
    /// </summary>
    public static int EffortFor(int jsonBytes) => jsonBytes < 4096 ? 11 : 5;

    /// <summary>Encodes JSON for the wire, compressed where that pays.</summary>
    /// <param name="json">The message.</param>
    /// <param name="effort">Brotli's quality, 0 to 11: more takes longer and saves a few bytes.</param>
    public static byte[] Encode(ReadOnlySpan<byte> json, int effort = 5)
    {
        if (json.Length < CompressFromBytes) return json.ToArray();
        var target = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(json.Length) + 1);
        try
        {
            if (BrotliEncoder.TryCompress(json, target.AsSpan(1), out var written, effort, window: 18) && written + 1 < json.Length)
            {
                target[0] = Brotli;
                return target.AsSpan(0, written + 1).ToArray();
            }

            return json.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(target);
        }
    }

    /// <summary>Decodes a message to its JSON.</summary>
    /// <exception cref="WireFormatException">Empty, longer than the limits, another encoding, or broken compression.</exception>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaxEncodedBytes)
            throw new WireFormatException(WireFault.Oversized, $"{message.Length} bytes; at most {MaxEncodedBytes}");
        if (message.IsEmpty) throw new WireFormatException(WireFault.Malformed, "empty message");
        return message.Span[0] switch
        {
            PlainJson => message,
            Brotli => Unfold(message.Span[1..]),
            var first => throw new WireFormatException(WireFault.UnknownEncoding, $"first byte 0x{first:x2} names no encoding"),
        };
    }

    /// <summary>Serializes one message of the contract and encodes it.</summary>
    public static byte[] Encode<T>(T message, JsonTypeInfo<T> type) => Encode(JsonSerializer.SerializeToUtf8Bytes(message, type));

    /// <summary>Decodes and reads one message of the contract.</summary>
    /// <exception cref="WireFormatException">It cannot be read.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> message, JsonTypeInfo<T> type)
        where T : class
    {
        var json = Decode(message);
        try
        {
            return JsonSerializer.Deserialize(json.Span, type) ?? throw new WireFormatException(WireFault.Malformed, "null");
        }
        catch (JsonException e)
        {
            throw new WireFormatException(WireFault.Malformed, e.Message, e);
        }
    }

    /// <summary>The identity of a record's content: first 16 bytes of SHA-256 over its JSON bytes, as 32 hex digits.</summary>
    public static string ContentHash(ReadOnlySpan<byte> recordJson)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(recordJson, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    private static byte[] Unfold(ReadOnlySpan<byte> compressed)
    {
        // Most messages unfold to a few times their length; the buffer goes back, whatever comes.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(MaxJsonBytes, compressed.Length * 8 + 1024));
        using var decoder = new BrotliDecoder();
        try
        {
            for (var length = 0; ;)
            {
                var status = decoder.Decompress(compressed, buffer.AsSpan(length), out var consumed, out var written);
                length += written;
                compressed = compressed[consumed..];
                if (length > MaxJsonBytes) throw new WireFormatException(WireFault.Oversized, $"unfolds to more than {MaxJsonBytes} bytes");
                switch (status)
                {
                    case OperationStatus.Done when compressed.IsEmpty:
                        return buffer.AsSpan(0, length).ToArray();
                    case OperationStatus.DestinationTooSmall:
                        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                        buffer.AsSpan(0, length).CopyTo(larger);
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = larger;
                        continue;
                    default:
                        throw new WireFormatException(WireFault.Malformed, "broken brotli");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
