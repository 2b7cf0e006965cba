using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// An outbox as a file, for a USB stick: what would have gone up on <see cref="Lane.Up"/>, signed with the vehicle's key.
/// The bytes are <c>FIELD-OUTBOX-1</c> and a line feed; the header as length (4, big endian) and JSON
/// (<see cref="OutboxExportHeader"/>); each message as length (4) and bytes as on the topic; length 0; the signature as
/// length (4) and ECDSA with SHA-256 (IEEE P1363) over everything before that length. Taking one in twice changes nothing:
/// it holds records under their own names, and the vehicle keeps them until the hub acknowledges them on the link.
/// </summary>
public static class OutboxExport
{
    internal const int MaxHeaderBytes = 64 * 1024;
    internal const int MaxSignatureBytes = 1024;

    internal static ReadOnlySpan<byte> Mark => "FIELD-OUTBOX-1\n"u8;

    /// <summary>Writes an export.</summary>
    /// <param name="target">Takes it, from its current position on.</param>
    /// <param name="header">Its header.</param>
    /// <param name="messages">Encoded messages of <see cref="Lane.Up"/>.</param>
    /// <param name="key">The vehicle's private key.</param>
    public static void Write(Stream target, OutboxExportHeader header, IEnumerable<ReadOnlyMemory<byte>> messages, ECDsa key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Put(Mark);
        PutWithLength(JsonSerializer.SerializeToUtf8Bytes(header, WireJson.Default.OutboxExportHeader));
        foreach (var message in messages)
        {
            if (message.IsEmpty || message.Length > WireCodec.MaxEncodedBytes) throw new ArgumentException($"a message of {message.Length} bytes", nameof(messages));
            PutWithLength(message.Span);
        }

        PutWithLength([]);
        var signature = key.SignHash(hash.GetHashAndReset());
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, signature.Length);
        target.Write(length);
        target.Write(signature);
        target.Flush();

        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            target.Write(bytes);
        }

        void PutWithLength(ReadOnlySpan<byte> bytes)
        {
            Span<byte> prefix = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(prefix, bytes.Length);
            Put(prefix);
            Put(bytes);
        }
    }
}
