using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>Hub to vehicle: how much of an attachment the hub has made durable.</summary>
public sealed record FileState
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required string Sha256 { get; init; }

    /// <summary>Bytes from the start that the hub has; the next piece begins here.</summary>
    public required int Next { get; init; }

    public required FileProgress Progress { get; init; }

    /// <summary>Why it was refused, for a person.</summary>
    public string? Reason { get; init; }
}
