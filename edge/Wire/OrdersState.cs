using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// All open work orders of the crew that is signed on to the vehicle: state with a version, not a message. The vehicle
/// replaces its copy and reports <see cref="StateVersion"/> in its status; a lower version than the one held is ignored.
/// </summary>
public sealed record OrdersState
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required long StateVersion { get; init; }

    /// <summary>
    /// Names the hub's store. Versions compare within one era only: after the hub was restored or made anew, the vehicle
    /// takes whatever version comes first. Null: an older hub.
    /// </summary>
    public string? Era { get; init; }

    public string? Crew { get; init; }

    public required OrderCopy[] Orders { get; init; }

    /// <summary>What became of orders that the crew had within the last day, newest first; null: nothing.</summary>
    public OrderNotice[]? Notices { get; init; }
}
