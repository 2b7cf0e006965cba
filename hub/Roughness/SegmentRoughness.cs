namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Estimated roughness of a whole street segment, both directions together.</summary>
/// <param name="MPerKm">Mean of its pieces, m/km.</param>
/// <param name="ErrorMPerKm">Standard error of the mean.</param>
/// <param name="Scale">The weakest of its pieces' scales.</param>
public sealed record SegmentRoughness(double MPerKm, double ErrorMPerKm, RoughnessScale Scale)
{
    /// <summary>Of the pieces that are calibrated, by segment.</summary>
    public static Dictionary<string, SegmentRoughness> Of(IEnumerable<PieceEstimate> pieces) =>
        pieces.Where(p => p.Scale != RoughnessScale.None).GroupBy(p => p.Piece.Segment, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            // The scale's error is common to all, so errors are averaged and not taken for independent.
            g => new SegmentRoughness(g.Average(p => p.MPerKm), g.Average(p => p.ErrorMPerKm), g.Min(p => p.Scale)), StringComparer.Ordinal);
}
