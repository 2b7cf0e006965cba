using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// The identity of a range of records: whoever holds them can tell whether the other side means the same contents, and
/// not only the same numbers (a restored backup counts them again).
/// </summary>
public static class RangeDigest
{
    private const int OnStackBytes = 2_048;

    /// <param name="contentHashes"><see cref="WireCodec.ContentHash"/> of each record, in order of their numbers.</param>
    /// <returns>First 16 bytes of SHA-256 over the hashes' ASCII digits one after the other, as 32 hex digits.</returns>
    public static string Of(IReadOnlyCollection<string> contentHashes)
    {
        // One call of the library for the usual few: its set-up costs more than the hashing.
        var length = contentHashes.Sum(h => h.Length);
        var rented = length <= OnStackBytes ? null : ArrayPool<byte>.Shared.Rent(length);
        var digits = rented ?? stackalloc byte[OnStackBytes];
        var at = 0;
        foreach (var hash in contentHashes) at += Encoding.ASCII.GetBytes(hash, digits[at..]);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(digits[..at], digest);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return Convert.ToHexStringLower(digest[..16]);
    }
}
