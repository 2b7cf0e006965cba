namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>What a vehicle should have.</summary>
/// <param name="Vehicle">The vehicle.</param>
/// <param name="Version">Of the roll-out that brought it.</param>
/// <param name="Settings">The settings.</param>
public sealed record MeantProfile(string Vehicle, long Version, VehicleSettings Settings);
