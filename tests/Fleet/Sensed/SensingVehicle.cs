using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Fleet.Sensed;

/// <summary>A vehicle that senses.</summary>
/// <param name="Id">As it calls itself.</param>
/// <param name="Kind">Without a crew, what it observes is cut to street segments.</param>
/// <param name="City">What it knows of the city.</param>
/// <param name="Options">How it senses.</param>
public sealed record SensingVehicle(string Id, VehicleKind Kind, SensingCity City, SensingOptions Options);
