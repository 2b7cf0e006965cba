using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// The identity of a range of records: whoever holds them can tell whether the other side means the same contents, and
/// not only the same numbers (a restored backup counts them again).
/// </summary>
public static class RangeDigest
{
    /// <param name="contentHashes"><see cref="WireCodec.ContentHash"/> of each record, in order of their numbers.</param>
    /// <returns>First 16 bytes of SHA-256 over the hashes' ASCII digits one after the other, as 32 hex digits.</returns>
    public static string Of(IEnumerable<string> contentHashes)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digits = stackalloc byte[64];
        foreach (var hash in contentHashes)
        {
            var written = Encoding.ASCII.GetBytes(hash, digits);
            sha.AppendData(digits[..written]);
        }

        Span<byte> digest = stackalloc byte[32];
        sha.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest[..16]);
    }
}
