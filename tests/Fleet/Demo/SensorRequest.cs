using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>A service request that sensors opened, as scoring needs it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Lamp">True for a street light, false for a pothole.</param>
/// <param name="Pole">The street light's id.</param>
/// <param name="At">Where.</param>
/// <param name="Withdrawn">The evidence no longer supports it.</param>
/// <param name="Vehicles">Vehicles whose evidence supports it, first the one that was earliest.</param>
public sealed record SensorRequest(string Number, bool Lamp, string? Pole, GeoPoint At, bool Withdrawn, IReadOnlyList<string> Vehicles);
