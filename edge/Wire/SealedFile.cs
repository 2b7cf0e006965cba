using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// A file at rest, encrypted in pieces so that any part can be read: mark (4), salt (28), then per 64 KiB of content the
/// encrypted bytes and their AES-256-GCM tag (16). The file's own key comes from the owner's key and the random salt
/// (HKDF-SHA256); a piece's nonce is its number and whether it is the last one, so that no piece can be moved, repeated or
/// cut off unseen (the STREAM construction, https://eprint.iacr.org/2015/189). Written once, never changed.
/// </summary>
public static class SealedFile
{
    /// <summary>Content of one piece, bytes.</summary>
    public const int PieceBytes = 64 * 1024;

    public const int HeaderBytes = 32;

    internal const int TagBytes = 16;
    private const int SaltBytes = 28;

    internal static ReadOnlySpan<byte> Mark => "311S"u8;

    /// <summary>Length of the content of a sealed file of this length; −1 when none has it.</summary>
    public static long ContentLength(long fileLength)
    {
        var rest = fileLength - HeaderBytes;
        if (rest < TagBytes) return -1;
        var pieces = (rest + PieceBytes + TagBytes - 1) / (PieceBytes + TagBytes);
        var length = rest - (pieces * TagBytes);
        // Only a file without content has an empty piece.
        return length > (pieces - 1) * PieceBytes || (pieces == 1 && length == 0) ? length : -1;
    }

    /// <summary>Begins a sealed file.</summary>
    /// <param name="to">Takes it; is not closed.</param>
    /// <param name="key">32 bytes.</param>
    public static SealedWriter Write(Stream to, ReadOnlySpan<byte> key)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Mark.CopyTo(header);
        RandomNumberGenerator.Fill(header[Mark.Length..]);
        to.Write(header);
        return new SealedWriter(to, Cipher(key, header[Mark.Length..]));
    }

    /// <summary>Opens a sealed file for reading.</summary>
    /// <param name="from">Seekable, at any place; closed with the returned stream.</param>
    /// <param name="key">32 bytes.</param>
    /// <returns>The content: seekable, and every byte of it checked before it is given.</returns>
    /// <exception cref="InvalidDataException">It is no sealed file.</exception>
    public static Stream Read(Stream from, ReadOnlySpan<byte> key)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        from.Position = 0;
        if (from.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith(Mark))
            throw new InvalidDataException("this is no sealed file");
        var length = ContentLength(from.Length);
        return length < 0 ? throw new InvalidDataException("the sealed file is cut") : new SealedReader(from, Cipher(key, header[Mark.Length..]), length);
    }

    internal static void Nonce(Span<byte> nonce, long piece, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, piece);
        nonce[11] = last ? (byte)1 : (byte)0;
    }

    private static AesGcm Cipher(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        Span<byte> own = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, own, salt[..SaltBytes], "threeoneone.field/1/file"u8);
        return new AesGcm(own, TagBytes);
    }
}
