using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace ThreeOneOne.Field.Wire;

/// <summary>Reads an <see cref="OutboxExport"/>. Opening it reads the whole file once, so that no message of a file with a broken signature is seen.</summary>
public sealed class OutboxExportReader
{
    private readonly Stream file;
    private readonly long firstMessage;

    private OutboxExportReader(Stream file, OutboxExportHeader header, long firstMessage, int messages)
    {
        this.file = file;
        Header = header;
        this.firstMessage = firstMessage;
        Messages = messages;
    }

    public OutboxExportHeader Header { get; }

    /// <summary>How many there are.</summary>
    public int Messages { get; }

    /// <summary>
    /// Checks form and signature. That the header's certificate is one of the reader's authority, and not revoked, is the
    /// reader's to check.
    /// </summary>
    /// <param name="file">Seekable, at its start; stays open as long as the messages are read.</param>
    /// <exception cref="WireFormatException">No export, another version, cut, or changed since it was signed.</exception>
    public static OutboxExportReader Open(Stream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var mark = new byte[OutboxExport.Mark.Length];
        var read = file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        if (read == 0) throw new WireFormatException(WireFault.Malformed, "the file is empty");
        if (read < mark.Length || !mark.AsSpan().SequenceEqual(OutboxExport.Mark))
            throw new WireFormatException(WireFault.Malformed, "this is no exported outbox");
        hash.AppendData(mark);
        var header = ReadHeader(Next(file, OutboxExport.MaxHeaderBytes, hash));
        var first = file.Position;
        var messages = 0;
        while (Next(file, WireCodec.MaxEncodedBytes, hash).Length > 0) messages++;
        var signature = Next(file, OutboxExport.MaxSignatureBytes, null);
        if (!IsSigned(header, hash.GetHashAndReset(), signature))
            throw new WireFormatException(WireFault.Malformed, $"the file is not as vehicle '{header.Vehicle}' signed it");
        if (file.ReadByte() >= 0) throw new WireFormatException(WireFault.Malformed, "bytes after the signature");
        return new OutboxExportReader(file, header, first, messages);
    }

    /// <summary>Each message as it would have come on <see cref="Lane.Up"/>.</summary>
    /// <exception cref="WireFormatException">The file was cut since it was opened.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> ReadMessages()
    {
        file.Position = firstMessage;
        for (var i = 0; i < Messages; i++) yield return Next(file, WireCodec.MaxEncodedBytes, null);
    }

    private static OutboxExportHeader ReadHeader(byte[] json)
    {
        OutboxExportHeader header;
        try
        {
            header = JsonSerializer.Deserialize(json, WireJson.Default.OutboxExportHeader)
                ?? throw new WireFormatException(WireFault.Malformed, "the header is null");
        }
        catch (JsonException e)
        {
            throw new WireFormatException(WireFault.Malformed, e.Message, e);
        }

        if (header.Version != WireCodec.Version) throw new WireFormatException(WireFault.UnknownVersion, $"version {header.Version} of the contract");
        if (!Identifier.IsValid(header.Vehicle) || !Identifier.IsValid(header.Jurisdiction))
            throw new WireFormatException(WireFault.Malformed, $"vehicle '{header.Vehicle}' and jurisdiction are {Identifier.Rule}");
        return header;
    }

    private static bool IsSigned(OutboxExportHeader header, byte[] hash, byte[] signature)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(header.Certificate);
            using var key = certificate.GetECDsaPublicKey();
            return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == header.Vehicle && key?.VerifyHash(hash, signature) == true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Next(Stream file, int most, IncrementalHash? hash)
    {
        Span<byte> prefix = stackalloc byte[4];
        if (file.ReadAtLeast(prefix, 4, throwOnEndOfStream: false) < 4) throw new WireFormatException(WireFault.Malformed, "the file is cut");
        var length = BinaryPrimitives.ReadInt32BigEndian(prefix);
        if (length < 0 || length > most) throw new WireFormatException(WireFault.Oversized, $"a part of {length} bytes; at most {most}");
        var bytes = new byte[length];
        if (file.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length) throw new WireFormatException(WireFault.Malformed, "the file is cut");
        hash?.AppendData(prefix);
        hash?.AppendData(bytes);
        return bytes;
    }
}
