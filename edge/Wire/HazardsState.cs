using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Every danger that stands in the city: state with a version, as <see cref="OrdersState"/>. The vehicle keeps it and says
/// <see cref="VehicleStatus.HazardsVersion"/>; one whose <see cref="HazardCopy.Until"/> has passed counts no longer, whatever is held.
/// </summary>
public sealed record HazardsState
{
    /// <summary>Most in one message; of more, those seen last are sent.</summary>
    public const int Most = 200;

    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required long StateVersion { get; init; }

    /// <summary>As <see cref="OrdersState.Era"/>.</summary>
    public string? Era { get; init; }

    public required HazardCopy[] Hazards { get; init; }
}
