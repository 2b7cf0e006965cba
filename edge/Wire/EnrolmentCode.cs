using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// The one-time code by which a vehicle is enrolled: where the hub's door is, the fingerprint of its authority, and a secret.
/// Written in groups of six characters of Crockford's base 32 (no I, L, O, U): five of data and one that checks them, so that a
/// mistyped or swapped character is found, and named by its group, before anything is sent; two bytes check the whole.
/// </summary>
/// <param name="Host">Host name or address of the door, at most <see cref="LongestHost"/> ASCII characters.</param>
/// <param name="Port">TCP port of the door.</param>
/// <param name="Fingerprint">First 16 bytes of SHA-256 of the authority's certificate (DER).</param>
/// <param name="Secret">10 random bytes.</param>
public sealed record EnrolmentCode(string Host, int Port, ReadOnlyMemory<byte> Fingerprint, ReadOnlyMemory<byte> Secret)
{
    public const int FingerprintBytes = 16;
    public const int SecretBytes = 10;

    /// <summary>Longest host, characters: a code with it is 213 characters, the most that the hub's QR codes hold.</summary>
    public const int LongestHost = 63;

    /// <summary>Longest text that is looked at, characters.</summary>
    public const int LongestText = 512;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const byte Version = 1;
    private const int CheckBytes = 2;
    private const int GroupData = 5;

    /// <summary>The secret as it is sent.</summary>
    public string SecretText => Encode(Secret.Span);

    /// <summary>How a hub stores the secret.</summary>
    public static string HashOf(string secretText) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("enrolment:" + secretText)));

    /// <summary>True for what a secret looks like.</summary>
    public static bool IsSecretText(string text) => text.Length == SecretBytes * 8 / 5 && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal));

    /// <summary>The code as it is shown: groups of six, separated by hyphens.</summary>
    public string Format()
    {
        var host = Encoding.ASCII.GetBytes(Host);
        if (host.Length is 0 or > LongestHost) throw new ArgumentException($"expected a host of 1 to {LongestHost} characters");
        if (Fingerprint.Length != FingerprintBytes || Secret.Length != SecretBytes) throw new ArgumentException("fingerprint or secret of a wrong length");
        byte[] body = [Version, (byte)(Port >> 8), (byte)Port, (byte)host.Length, .. host, .. Fingerprint.Span, .. Secret.Span];
        var text = Encode([.. body, .. SHA256.HashData(body).AsSpan(0, CheckBytes)]);
        var groups = text.Chunk(GroupData).Select((group, at) => new string(group) + Alphabet[Check(group, at)]);
        return string.Join('-', groups);
    }

    /// <summary>Reads what somebody typed, scanned or put into a file. Hyphens, blanks, line ends and case do not matter.</summary>
    /// <param name="text">At most <see cref="LongestText"/> characters.</param>
    /// <param name="code">The code.</param>
    /// <param name="fault">What is wrong, without a word of the code.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out EnrolmentCode? code, [NotNullWhen(false)] out string? fault)
    {
        code = null;
        if (text.Length > LongestText)
        {
            fault = "that is too long for a code";
            return false;
        }

        var symbols = text.Where(c => c != '-' && !char.IsWhiteSpace(c)).Select(Symbol).ToArray();
        var data = new List<int>(symbols.Length);
        foreach (var (at, group) in symbols.Chunk(GroupData + 1).Index())
        {
            var isWhole = group.Length > 1 && !group.Contains(-1);
            if (!isWhole || Check([.. group[..^1].Select(s => Alphabet[s])], at) != group[^1])
            {
                fault = $"group {at + 1} of six characters is mistyped";
                return false;
            }

            data.AddRange(group[..^1]);
        }

        code = Read(Decode(data));
        fault = code is null ? "the code is not whole: a group is missing or there is one too many" : null;
        return code is not null;
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"code for {Host}:{Port}";

    private static EnrolmentCode? Read(byte[] bytes)
    {
        const int Head = 4;
        if (bytes.Length < Head || bytes[0] != Version) return null;
        var host = bytes[3];
        var length = Head + host + FingerprintBytes + SecretBytes;
        if (host is 0 or > LongestHost || bytes.Length != length + CheckBytes) return null;
        if (!SHA256.HashData(bytes.AsSpan(0, length)).AsSpan(0, CheckBytes).SequenceEqual(bytes.AsSpan(length))) return null;
        var name = Encoding.ASCII.GetString(bytes, Head, host);
        var port = bytes[1] << 8 | bytes[2];
        if (port == 0 || Uri.CheckHostName(name) == UriHostNameType.Unknown) return null;
        return new EnrolmentCode(name, port, bytes.AsMemory(Head + host, FingerprintBytes), bytes.AsMemory(Head + host + FingerprintBytes, SecretBytes));
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var b in bytes)
        {
            (held, bits) = ((held << 8) | b, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        if (bits > 0) text.Append(Alphabet[(held << (5 - bits)) & 31]);
        return text.ToString();
    }

    private static byte[] Decode(List<int> symbols)
    {
        var bytes = new List<byte>(symbols.Count);
        var (held, bits) = (0, 0);
        foreach (var symbol in symbols)
        {
            (held, bits) = ((held << 5) | symbol, bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }

        return [.. bytes];
    }

    // Reed-Solomon with one check symbol over GF(32): each place has a weight of its own, so one wrong symbol and two that changed
    // places always show; the group's number takes part, so that groups cannot change places either.
    private static int Check(ReadOnlySpan<char> group, int at)
    {
        var sum = at % 31 + 1;
        var weight = 1;
        foreach (var c in group)
        {
            weight = Times(weight, 2);
            sum ^= Times(Symbol(c), weight);
        }

        return sum;
    }

    private static int Times(int a, int b)
    {
        var product = 0;
        for (; b > 0; b >>= 1)
        {
            if ((b & 1) != 0) product ^= a;
            a <<= 1;
            // x⁵ + x² + 1
            if ((a & 32) != 0) a ^= 0b100101;
        }

        return product;
    }

    private static int Symbol(char c) => char.ToUpperInvariant(c) switch
    {
        'I' or 'L' => 1,
        'O' => 0,
        var upper => Alphabet.IndexOf(upper, StringComparison.Ordinal),
    };
}
