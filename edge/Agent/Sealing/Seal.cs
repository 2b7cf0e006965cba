using System.Security.Cryptography;

namespace ThreeOneOne.Field.Agent.Sealing;

/// <summary>
/// AES-256-GCM with one key: a random nonce (12), unless the caller has one, the encrypted bytes, the tag (16). Random and not counted, so that a
/// card image that is put back, or a write that a power cut undid, never uses one twice; one key is good for 2³² of them
/// (NIST SP 800-38D, 8.3), more than a vehicle writes in its life.
/// </summary>
internal sealed class Seal : IDisposable
{
    public const int OverheadBytes = NonceBytes + TagBytes;

    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    private readonly Lock gate = new();
    private readonly AesGcm aes;

    public Seal(ReadOnlySpan<byte> key) => aes = new AesGcm(key, TagBytes);

    /// <summary>Encrypts.</summary>
    /// <param name="plain">What to hide.</param>
    /// <param name="about">What is not hidden and cannot be changed: it must be the same when it is opened.</param>
    /// <param name="target">Takes <see cref="OverheadBytes"/> more bytes than there are.</param>
    public void Close(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> about, Span<byte> target)
    {
        RandomNumberGenerator.Fill(target[..NonceBytes]);
        Close(target[..NonceBytes], plain, about, target[NonceBytes..]);
    }

    /// <summary>Encrypts with a nonce that the caller vouches for and keeps.</summary>
    public void Close(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> about, Span<byte> target)
    {
        lock (gate) aes.Encrypt(nonce, plain, target[..plain.Length], target.Slice(plain.Length, TagBytes), about);
    }

    public byte[] Close(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> about)
    {
        var target = new byte[plain.Length + OverheadBytes];
        Close(plain, about, target);
        return target;
    }

    /// <returns>Null when it was not closed with this key, or was changed.</returns>
    public byte[]? Open(ReadOnlySpan<byte> closed, ReadOnlySpan<byte> about) =>
        closed.Length < OverheadBytes ? null : Open(closed[..NonceBytes], closed[NonceBytes..], about);

    /// <returns>Null when it was not closed with this key and nonce, or was changed.</returns>
    public byte[]? Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> closed, ReadOnlySpan<byte> about)
    {
        if (closed.Length < TagBytes) return null;
        var plain = new byte[closed.Length - TagBytes];
        try
        {
            lock (gate) aes.Decrypt(nonce, closed[..^TagBytes], closed[^TagBytes..], plain, about);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => aes.Dispose();
}
