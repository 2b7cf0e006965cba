using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>One street light of the inventory.</summary>
/// <param name="Id">Asset id.</param>
/// <param name="At">Place of the pole.</param>
/// <param name="Luminaires">How many the inventory counts on it.</param>
/// <param name="Fixture">Fixture type: lights of one type are about equally bright. Empty: unknown.</param>
public sealed record Pole(string Id, GeoPoint At, int Luminaires, string Fixture);
