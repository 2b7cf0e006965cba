using System.Buffers.Binary;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// A piece of an attachment on <see cref="Lane.File"/>: <c>F</c>, 32 bytes SHA-256 of the whole, 4 bytes offset (little
/// endian), then the bytes. Without bytes it asks how far the hub is.
/// </summary>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="Offset">Where the bytes belong.</param>
/// <param name="Bytes">0 to <see cref="MaxBytes"/> bytes.</param>
public readonly record struct FileChunk(string Sha256, int Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Most bytes of the attachment in one message.</summary>
    public const int MaxBytes = 32 * 1024;

    private const byte Mark = (byte)'F';
    private const int HashBytes = 32;
    private const int HeaderBytes = 1 + HashBytes + 4;

    public byte[] Encode()
    {
        var message = new byte[HeaderBytes + Bytes.Length];
        message[0] = Mark;
        Convert.FromHexString(Sha256, message.AsSpan(1, HashBytes), out _, out _);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(1 + HashBytes), Offset);
        Bytes.Span.CopyTo(message.AsSpan(HeaderBytes));
        return message;
    }

    /// <exception cref="WireFormatException">No chunk, or a longer one than is allowed.</exception>
    public static FileChunk Decode(ReadOnlyMemory<byte> message)
    {
        if (message.Length < HeaderBytes || message.Span[0] != Mark) throw new WireFormatException(WireFault.Malformed, "not a piece of an attachment");
        if (message.Length > HeaderBytes + MaxBytes) throw new WireFormatException(WireFault.Oversized, $"a piece of {message.Length - HeaderBytes} bytes; at most {MaxBytes}");
        var offset = BinaryPrimitives.ReadInt32LittleEndian(message.Span[(1 + HashBytes)..]);
        if (offset < 0) throw new WireFormatException(WireFault.Malformed, $"offset {offset}");
        return new FileChunk(Convert.ToHexStringLower(message.Span.Slice(1, HashBytes)), offset, message[HeaderBytes..]);
    }
}
