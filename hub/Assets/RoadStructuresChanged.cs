using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>Structures came, went or were moved; the index knows it already.</summary>
/// <param name="At">Where they are and were.</param>
public sealed record RoadStructuresChanged(IReadOnlyList<GeoPoint> At);
