namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>What a profiler measured, if anything.</summary>
/// <param name="Pieces">International Roughness Index by piece, m/km.</param>
public sealed record ProfiledRoads(IReadOnlyDictionary<Piece, double> Pieces);
