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
}
