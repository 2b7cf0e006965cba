using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// A PIN or the number on a badge, as a salted slow hash (PBKDF2 with HMAC-SHA-256). It keeps an honest person from signing
/// on as another; a short PIN does not withstand whoever holds the disk and has an hour.
/// </summary>
/// <param name="Salt">16 bytes, base64.</param>
/// <param name="Rounds">Iterations.</param>
/// <param name="Hash">32 bytes, base64.</param>
public sealed record PinHash(string Salt, int Rounds, string Hash)
{
    public const int DefaultRounds = 60_000;

    /// <summary>What a PIN or badge is made of.</summary>
    public const string Rule = "4 to 32 digits";

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Half a minute of a Raspberry Pi: whoever sent more wants to stop it.
    private const int MostRounds = 5_000_000;

    public static bool IsPin(string? pin) => pin is { Length: >= 4 and <= 32 } && pin.All(char.IsAsciiDigit);

    /// <exception cref="ArgumentException">The PIN breaks <see cref="Rule"/>.</exception>
    public static PinHash Of(string pin, int rounds = DefaultRounds)
    {
        if (!IsPin(pin)) throw new ArgumentException($"a PIN is {Rule}", nameof(pin));
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PinHash(Convert.ToBase64String(salt), rounds, Convert.ToBase64String(Derive(pin, salt, rounds)));
    }

    /// <summary>False too for a hash that is none.</summary>
    public bool Matches(string pin)
    {
        if (Rounds is <= 0 or > MostRounds) return false;
        var (salt, hash) = (new byte[SaltBytes], new byte[HashBytes]);
        return Convert.TryFromBase64String(Salt, salt, out var saltRead) && saltRead == SaltBytes
            && Convert.TryFromBase64String(Hash, hash, out var hashRead) && hashRead == HashBytes
            && CryptographicOperations.FixedTimeEquals(Derive(pin, salt, Rounds), hash);
    }

    private static byte[] Derive(string pin, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(pin), salt, rounds, HashAlgorithmName.SHA256, HashBytes);

    /// <summary>Nothing of it belongs into a log.</summary>
    public override string ToString() => nameof(PinHash);
}
