using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Time-based one-time passwords (RFC 6238 over RFC 4226): HMAC-SHA-1, 30 s, six digits, because that is what every authenticator
/// app makes.
/// </summary>
internal static class Totp
{
    public const int Digits = 6;
    private const int StepSeconds = 30;
    private const int SecretBytes = 20;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // A telephone's clock may be behind or ahead by half a minute.
    private const int Slack = 1;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of one step.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA-1 is what the standard and the apps use; it rests on the key, not on collisions.")]
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, mac);
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <returns>The step whose code it is, later than <paramref name="after"/>; null for none.</returns>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long after)
    {
        long? found = null;
        // All of them, whichever it is: how long it takes says nothing.
        for (var step = StepAt(now) - Slack; step <= StepAt(now) + Slack; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(code)) && step > after) found = step;
        return found;
    }

    /// <summary>What an authenticator app reads from a QR code (https://github.com/google/google-authenticator/wiki/Key-Uri-Format).</summary>
    public static string Uri(string issuer, string name, string secret)
    {
        var from = System.Uri.EscapeDataString(issuer);
        return $"otpauth://totp/{from}:{System.Uri.EscapeDataString(name)}?secret={secret}&issuer={from}";
    }

    /// <summary>RFC 4648, without padding.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            (buffer, bits) = (((buffer << 8) | b) & 0xFFF, bits + 8);
            while (bits >= 5) text.Append(Alphabet[(buffer >> (bits -= 5)) & 31]);
        }

        if (bits > 0) text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
