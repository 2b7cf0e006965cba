using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent;

/// <summary>Whether people with a shift ride on the vehicle.</summary>
public enum VehicleKind
{
    /// <summary>Truck or van of a crew: its place is nobody's business off shift.</summary>
    [JsonStringEnumMemberName("crewed")]
    Crewed = 0,

    /// <summary>Sweeper or bus: no crew, no track; what it reports is cut to the street segment.</summary>
    [JsonStringEnumMemberName("sensor-only")]
    SensorOnly,
}
