using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>A vehicle was registered.</summary>
public sealed record VehicleRegistered(Vehicle Vehicle);

/// <summary>A vehicle said what it holds: raised for every status, in the transaction that keeps it.</summary>
public sealed record VehicleStatusReported(string Vehicle, VehicleStatus Status);
