using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// An unfinished file at rest, to which is appended: salt (16), then the content encrypted with AES-256 in counter mode under a key
/// from the owner's and the salt (HKDF-SHA256). No place of it is written twice. That nobody changed it is not said here but by
/// the hash that the whole file must have.
/// </summary>
internal static class PartCipher
{
    public const int HeaderBytes = 16;

    private const int BlockBytes = 16;
    private const int BlocksAtOnce = 256;

    /// <summary>Writes content at its place; at place 0 begins the file with a new salt.</summary>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, long at)
    {
        Span<byte> salt = stackalloc byte[HeaderBytes];
        if (at == 0) RandomNumberGenerator.Fill(salt);
        else RandomAccess.Read(file, salt, 0);
        var closed = content.ToArray();
        Apply(key, salt, closed, at);
        if (at == 0) RandomAccess.Write(file, (byte[])[.. salt, .. closed], 0);
        else RandomAccess.Write(file, closed, HeaderBytes + at);
    }

    /// <summary>Decrypts content that was read, in place.</summary>
    public static void Open(SafeFileHandle file, ReadOnlySpan<byte> key, Span<byte> content, long at)
    {
        Span<byte> salt = stackalloc byte[HeaderBytes];
        RandomAccess.Read(file, salt, 0);
        Apply(key, salt, content, at);
    }

    private static void Apply(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, Span<byte> content, long at)
    {
        Span<byte> own = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, own, salt, "threeoneone.field/1/part"u8);
        using var aes = Aes.Create();
        aes.SetKey(own);
        Span<byte> stream = stackalloc byte[BlocksAtOnce * BlockBytes];
        var (block, skip) = (at / BlockBytes, (int)(at % BlockBytes));
        for (var done = 0; done < content.Length;)
        {
            stream.Clear();
            for (var i = 0; i < BlocksAtOnce; i++) BinaryPrimitives.WriteInt64BigEndian(stream[((i * BlockBytes) + 8)..], block++);
            aes.EncryptEcb(stream, stream, PaddingMode.None);
            var length = Math.Min(content.Length - done, stream.Length - skip);
            for (var i = 0; i < length; i++) content[done + i] ^= stream[skip + i];
            (done, skip) = (done + length, 0);
        }
    }
}
