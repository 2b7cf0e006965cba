using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// The hub has committed these records (or kept them aside with a reason): the vehicle may delete them. Sent again for
/// every duplicate, so that a lost acknowledgement costs one resend.
/// </summary>
public sealed record Ack
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required string Epoch { get; init; }

    /// <summary>Inclusive ranges of sequence numbers, each an array of two: first and last.</summary>
    public required long[][] Ranges { get; init; }

    /// <summary>
    /// <see cref="RangeDigest"/> of each of <see cref="Ranges"/>, in their order; a null where the hub no longer knows the
    /// contents. A vehicle that holds other contents under these numbers keeps them and sends them again.
    /// </summary>
    public string?[]? Digests { get; init; }

    /// <summary>Records within <see cref="Ranges"/> that were kept aside instead of applied.</summary>
    public AsideNotice[]? Aside { get; init; }

    /// <summary>
    /// Echo of <see cref="UpBatch.Ask"/>: of these the hub has exactly what <see cref="Ranges"/> names and misses the rest.
    /// </summary>
    public long[][]? Asked { get; init; }

    /// <summary>
    /// Numbers that the hub already has with another content (a restored backup, a copied card). They are not in
    /// <see cref="Ranges"/>: the vehicle starts a new epoch and sends them again under it.
    /// </summary>
    public long[]? Forks { get; init; }

    /// <summary>
    /// Content hash of what was refused, for each of <see cref="Forks"/>, in their order. Of two vehicles with one card each
    /// hears what is meant for the other: only what a vehicle sent itself under that number moves. Null from an older hub.
    /// </summary>
    public string[]? ForkHashes { get; init; }

    /// <summary>
    /// Why a whole message was not taken, a word such as "unknown-vehicle" or "oversized"; nothing of it is in
    /// <see cref="Ranges"/>, and <see cref="Epoch"/> is empty where it could not be read. The vehicle keeps what it sent and
    /// does not send the same again at once.
    /// </summary>
    public string? Refused { get; init; }
}
