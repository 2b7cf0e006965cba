using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Newest position of a vehicle on the live lane: not stored, may be lost, never late. Sent only on shift; a vehicle
/// without a crew sends it snapped to its street segment.
/// </summary>
public sealed record LivePosition
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = WireCodec.Version;

    public required Stamp Stamp { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>Speed over ground, m/s.</summary>
    public double SpeedMps { get; init; }

    /// <summary>Course over ground, degrees from true north; null when standing.</summary>
    public double? CourseDeg { get; init; }

    public double? Hdop { get; init; }

    public VehicleActivity Activity { get; init; }

    public string? Crew { get; init; }

    public string? Shift { get; init; }

    /// <summary>Work order under way.</summary>
    public string? Order { get; init; }

    /// <summary>Latest illuminance, lux, and vertical shock, m/s²: for the unit card's traces.</summary>
    public double? Lux { get; init; }

    public double? ShockMps2 { get; init; }
}
