using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Bytes with a type and a signature: a DSSE envelope (https://github.com/secure-systems-lab/dsse) in JSON, signed with
/// ECDSA P-256 and SHA-256 (DER, so that <c>openssl dgst -verify</c> can check it too). It proves who made the payload and for
/// what, and not that it is meant now: whoever opens it judges that by what the payload carries itself. A profile carries its vehicle,
/// jurisdiction, version and era; an update's manifest, which is for every vehicle, its version, a rising sequence and an end.
/// </summary>
public static class SignedBundle
{
    /// <summary>Type of a vehicle's device profile.</summary>
    public const string ProfileType = "application/vnd.threeoneone.profile+json";

    /// <summary>Type of a manifest of an agent's update.</summary>
    public const string UpdateType = "application/vnd.threeoneone.update+json";

    /// <summary>Longest envelope, bytes; also the longest that fits one message of the link.</summary>
    public const int MaxBytes = WireCodec.MaxEncodedBytes;

    // A change of keys needs two.
    private const int MaxSignatures = 4;
    private const int MaxSignatureBytes = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Names a key: the first 16 hex digits of SHA-256 over its SubjectPublicKeyInfo. A hint, never a proof.</summary>
    public static string KeyId(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));

    /// <summary>Signs a payload.</summary>
    /// <param name="key">The private key, P-256.</param>
    /// <param name="type">What the payload is.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The envelope as UTF-8 JSON.</returns>
    /// <exception cref="ArgumentException">The envelope would be longer than <see cref="MaxBytes"/>, or the key is of another curve.</exception>
    public static byte[] Sign(ECDsa key, string type, ReadOnlySpan<byte> payload)
    {
        if (key.KeySize != 256) throw new ArgumentException($"a key of {key.KeySize} bits; expected P-256", nameof(key));
        var signature = key.SignData(PreAuthentication(type, payload), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        using var envelope = new MemoryStream();
        using (var json = new Utf8JsonWriter(envelope))
        {
            json.WriteStartObject();
            json.WriteString("payloadType", type);
            json.WriteBase64String("payload", payload);
            json.WriteStartArray("signatures");
            json.WriteStartObject();
            json.WriteString("keyid", KeyId(key));
            json.WriteBase64String("sig", signature);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return envelope.Length <= MaxBytes ? envelope.ToArray() : throw new ArgumentException($"an envelope of {envelope.Length} bytes; at most {MaxBytes}", nameof(payload));
    }

    /// <summary>Opens an envelope that somebody may have forged.</summary>
    /// <param name="envelope">As received.</param>
    /// <param name="type">What is expected in it.</param>
    /// <param name="trusted">Public keys; the signature of one of them is enough.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="BundleRefusedException">It must not be used; its <see cref="BundleRefusedException.Fault"/> says why.</exception>
    public static byte[] Open(ReadOnlySpan<byte> envelope, string type, IReadOnlyList<ECDsa> trusted)
    {
        if (envelope.Length > MaxBytes) throw new BundleRefusedException(BundleFault.TooLarge, $"{envelope.Length} bytes; at most {MaxBytes}");
        var (said, payload, signatures) = Read(envelope);
        if (said != type) throw new BundleRefusedException(BundleFault.WrongType, $"its type is not {type}");
        var signed = PreAuthentication(type, payload);
        var known = false;
        foreach (var (id, signature) in signatures)
        {
            foreach (var key in trusted)
            {
                if (id is not null && id != KeyId(key)) continue;
                known = true;
                if (Verifies(key, signed, signature)) return payload;
            }
        }

        throw known
            ? new BundleRefusedException(BundleFault.Forged, "the signature is not of this content")
            : new BundleRefusedException(BundleFault.UnknownKey, $"signed by {signatures.FirstOrDefault().KeyId ?? "nobody"}, which is not trusted here");
    }

    private static (string Type, byte[] Payload, List<(string? KeyId, byte[] Signature)> Signatures) Read(ReadOnlySpan<byte> envelope)
    {
        try
        {
            using var json = JsonDocument.Parse(envelope.ToArray(), Strict);
            var root = json.RootElement;
            List<(string?, byte[])> signatures = [];
            foreach (var signature in root.GetProperty("signatures").EnumerateArray())
            {
                if (signatures.Count == MaxSignatures) throw new BundleRefusedException(BundleFault.Malformed, $"more than {MaxSignatures} signatures");
                var bytes = signature.GetProperty("sig").GetBytesFromBase64();
                if (bytes.Length > MaxSignatureBytes) throw new BundleRefusedException(BundleFault.Malformed, $"a signature of {bytes.Length} bytes");
                signatures.Add((KeyIdIn(signature), bytes));
            }

            return (root.GetProperty("payloadType").GetString() ?? "", root.GetProperty("payload").GetBytesFromBase64(), signatures);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Its own message might quote the content.
            throw new BundleRefusedException(BundleFault.Malformed, "not a DSSE envelope", e);
        }
    }

    // What does not look like a key's name must not come into a log.
    private static string? KeyIdIn(JsonElement signature) =>
        signature.TryGetProperty("keyid", out var id) && id.GetString() is { Length: > 0 } text
            ? text.Length == 16 && text.All(char.IsAsciiHexDigitLower) ? text : "another kind of key"
            : null;

    private static bool Verifies(ECDsa key, byte[] signed, byte[] signature)
    {
        try
        {
            return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload: no payload of one type can be taken for one of another.
    private static byte[] PreAuthentication(string type, ReadOnlySpan<byte> payload)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} "));
        return [.. head, .. payload];
    }
}
