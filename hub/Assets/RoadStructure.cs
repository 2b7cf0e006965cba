using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>Something that was built into a road and that wheels feel.</summary>
/// <param name="Layer">The layer that it is of: ids are unique within one.</param>
/// <param name="Id">The city's own.</param>
/// <param name="Kind">What it is.</param>
/// <param name="At">Its middle, as the layer has it.</param>
/// <param name="AccuracyM">How far off that usually is, metres (a standard deviation each way).</param>
public sealed record RoadStructure(string Layer, string Id, RoadStructureKind Kind, GeoPoint At, double AccuracyM);
