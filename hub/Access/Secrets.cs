using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Tokens and keys are 256 random bits, so one round of SHA-256 is enough to store them by: there is nothing to guess.
/// Passwords are not random and go through <see cref="Passwords"/>.
/// </summary>
internal static class Secrets
{
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewId() => RandomNumberGenerator.GetHexString(12, lowercase: true);

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static bool Matches(string token, string storedHash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(token)), Encoding.ASCII.GetBytes(storedHash));

    public static string FormatKey(string id, string secret) => $"fk_{id}_{secret}";

    /// <summary>Takes <c>fk_id_secret</c> apart.</summary>
    public static bool TryParseKey(string key, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out string? secret)
    {
        (id, secret) = (null, null);
        if (key.Length > 128 || !key.StartsWith("fk_", StringComparison.Ordinal)) return false;
        var at = key.IndexOf('_', 3);
        if (at < 4 || at == key.Length - 1) return false;
        (id, secret) = (key[3..at], key[(at + 1)..]);
        return true;
    }
}
