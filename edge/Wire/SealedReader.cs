using System.Security.Cryptography;

namespace ThreeOneOne.Field.Wire;

/// <summary>The content of a <see cref="SealedFile"/>.</summary>
internal sealed class SealedReader(Stream from, AesGcm cipher, long length) : Stream
{
    private readonly byte[] stored = new byte[SealedFile.PieceBytes + SealedFile.TagBytes];
    private readonly byte[] piece = new byte[SealedFile.PieceBytes];
    private long number = -1;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    /// <exception cref="InvalidDataException">The bytes are not those that were written, or of another key.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (Position >= length || buffer.Length == 0) return 0;
        var wanted = Position / SealedFile.PieceBytes;
        if (wanted != number) Open(wanted);
        var within = (int)(Position % SealedFile.PieceBytes);
        var count = Math.Min(buffer.Length, LengthOf(wanted) - within);
        piece.AsSpan(within, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => length };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            from.Dispose();
            CryptographicOperations.ZeroMemory(piece);
        }

        base.Dispose(disposing);
    }

    private int LengthOf(long of) => (int)Math.Min(SealedFile.PieceBytes, length - (of * SealedFile.PieceBytes));

    private void Open(long wanted)
    {
        number = -1;
        var count = LengthOf(wanted);
        from.Position = SealedFile.HeaderBytes + (wanted * (SealedFile.PieceBytes + SealedFile.TagBytes));
        from.ReadExactly(stored, 0, count + SealedFile.TagBytes);
        Span<byte> nonce = stackalloc byte[12];
        SealedFile.Nonce(nonce, wanted, last: (wanted + 1) * SealedFile.PieceBytes >= length);
        try
        {
            cipher.Decrypt(nonce, stored.AsSpan(0, count), stored.AsSpan(count, SealedFile.TagBytes), piece.AsSpan(0, count));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new InvalidDataException("the sealed file is not as it was written, or the key is another one", e);
        }

        number = wanted;
    }
}
