using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// What an update of the agent is, signed by the release key as <see cref="SignedBundle.UpdateType"/>: the archive is known by
/// its hash, and the manifest is all that says which version it is.
/// </summary>
/// <param name="Version">Three numbers with dots, each at most five digits.</param>
/// <param name="Architecture"><c>any</c>, or Debian's name of one: <c>arm64</c>, <c>amd64</c>.</param>
/// <param name="Sha256">Of the archive, 64 digits of lower-case hexadecimal.</param>
/// <param name="Size">Of the archive, bytes.</param>
/// <param name="RollBack">True when it may take the place of a newer version.</param>
/// <param name="Sequence">
/// When it was signed, Unix milliseconds. A vehicle takes nothing that was signed before what it proved last: so nobody who kept an old
/// manifest, the hub not excepted, brings an old version back by it.
/// </param>
/// <param name="ExpiresMs">Until when it may be begun with, Unix milliseconds; later than the sequence.</param>
public sealed partial record UpdateManifest(string Version, string Architecture, string Sha256, long Size, bool RollBack, long Sequence, long ExpiresMs)
{
    /// <summary>Longest archive, bytes.</summary>
    public const long MaxSize = 64 * 1024 * 1024;

    /// <summary>Longest manifest, bytes.</summary>
    public const int MaxBytes = 1024;

    // The end of the year 9999: what is later is no time that can be said.
    private const long LatestMs = 253_402_300_799_999;

    /// <summary>Whether a text is a version as updates have it; only then may it name a folder.</summary>
    public static bool IsVersion(string? text) => text is not null && VersionForm().IsMatch(text);

    /// <summary>Whether a text is a hash as updates have it; only then may it name a file.</summary>
    public static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Orders versions by their numbers.</summary>
    /// <exception cref="FormatException">One is no version.</exception>
    public static int Compare(string one, string other) => Parse(one).CompareTo(Parse(other));

    /// <summary>As it is signed.</summary>
    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("version", Version);
            json.WriteString("architecture", Architecture);
            json.WriteString("sha256", Sha256);
            json.WriteNumber("size", Size);
            json.WriteBoolean("rollBack", RollBack);
            json.WriteNumber("sequence", Sequence);
            json.WriteNumber("expires", ExpiresMs);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what was signed.</summary>
    /// <exception cref="FormatException">It is no manifest; says which member is wrong.</exception>
    public static UpdateManifest Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > MaxBytes) throw new FormatException($"a manifest of {payload.Length} bytes; at most {MaxBytes}");
        try
        {
            using var json = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 2, AllowDuplicateProperties = false });
            var root = json.RootElement;
            var read = new UpdateManifest(
                root.GetProperty("version").GetString()!, root.GetProperty("architecture").GetString()!, root.GetProperty("sha256").GetString()!,
                root.GetProperty("size").GetInt64(), root.GetProperty("rollBack").GetBoolean(),
                root.GetProperty("sequence").GetInt64(), root.GetProperty("expires").GetInt64());
            return !IsVersion(read.Version) ? throw new FormatException("version: expected three numbers with dots")
                : read.Architecture is not ("any" or "arm64" or "amd64") ? throw new FormatException("architecture: expected any, arm64 or amd64")
                : !IsHash(read.Sha256) ? throw new FormatException("sha256: expected 64 digits of lower-case hexadecimal")
                : read.Size is < 1 or > MaxSize ? throw new FormatException($"size: expected 1 to {MaxSize} bytes")
                : read.Sequence < 1 ? throw new FormatException("sequence: expected Unix milliseconds")
                : read.ExpiresMs <= read.Sequence || read.ExpiresMs > LatestMs ? throw new FormatException("expires: expected Unix milliseconds later than the sequence")
                : read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("not a manifest of an update", e);
        }
    }

    private static Version Parse(string text) =>
        IsVersion(text) ? new Version(text) : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no version"));

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})\z")]
    private static partial Regex VersionForm();
}
