using System.Text.Json;
using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>What the vehicle is told to be: settings by key, with a version, resent until the vehicle reports it.</summary>
public sealed record ProfileState
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required long StateVersion { get; init; }

    /// <summary>As <see cref="OrdersState.Era"/>.</summary>
    public string? Era { get; init; }

    /// <summary>A <see cref="VehicleProfile"/>, and whatever a newer hub adds.</summary>
    public required JsonElement Profile { get; init; }
}
