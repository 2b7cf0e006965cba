using System.Security.Cryptography;

namespace ThreeOneOne.Field.Wire;

/// <summary>Writes a <see cref="SealedFile"/>. Without <see cref="Finish"/> it is no whole file.</summary>
public sealed class SealedWriter : IDisposable
{
    private readonly Stream to;
    private readonly AesGcm cipher;
    private readonly byte[] piece = new byte[SealedFile.PieceBytes];
    private readonly byte[] output = new byte[SealedFile.PieceBytes + SealedFile.TagBytes];
    private int held;
    private long number;

    internal SealedWriter(Stream to, AesGcm cipher) => (this.to, this.cipher) = (to, cipher);

    public void Write(ReadOnlySpan<byte> content)
    {
        while (content.Length > 0)
        {
            // A full one may be the last one: it is known with the next byte.
            if (held == piece.Length) Put(last: false);
            var fits = Math.Min(content.Length, piece.Length - held);
            content[..fits].CopyTo(piece.AsSpan(held));
            held += fits;
            content = content[fits..];
        }
    }

    /// <summary>Writes the last piece.</summary>
    public void Finish() => Put(last: true);

    public void Dispose()
    {
        cipher.Dispose();
        CryptographicOperations.ZeroMemory(piece);
    }

    private void Put(bool last)
    {
        Span<byte> nonce = stackalloc byte[12];
        SealedFile.Nonce(nonce, number++, last);
        cipher.Encrypt(nonce, piece.AsSpan(0, held), output.AsSpan(0, held), output.AsSpan(held, SealedFile.TagBytes));
        to.Write(output, 0, held + SealedFile.TagBytes);
        held = 0;
    }
}
