using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>One command, run at most once and never after it expires.</summary>
public sealed record Command
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required string Id { get; init; }

    /// <summary>What to do: "identify", "resend", ….</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public Dictionary<string, string>? Arguments { get; init; }
}
