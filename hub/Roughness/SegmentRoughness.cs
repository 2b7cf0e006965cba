namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Estimated roughness of a whole street segment, both directions together.</summary>
/// <param name="MPerKm">Mean of its pieces, m/km; null where nothing but the fleet gives the scale: then it is a rank.</param>
/// <param name="ErrorMPerKm">Standard error of the mean.</param>
/// <param name="Rank">Share of the city's calibrated segments that are smoother, 0 to 1.</param>
public sealed record SegmentRoughness(double? MPerKm, double? ErrorMPerKm, double Rank)
{
    /// <summary>Of the pieces that are calibrated, by segment.</summary>
    public static Dictionary<string, SegmentRoughness> Of(IEnumerable<PieceEstimate> pieces)
    {
        var segments = pieces.Where(p => p.Scale != RoughnessScale.None).GroupBy(p => p.Piece.Segment, StringComparer.Ordinal)
            // The scale's error is common to all, so errors are averaged and not taken for independent.
            .Select(g => (Segment: g.Key, MPerKm: g.Average(p => p.MPerKm), Error: g.Average(p => p.ErrorMPerKm), Scale: g.Min(p => p.Scale)))
            .ToList();
        var ranks = Ranks([.. segments.Select(s => s.MPerKm)]);
        return segments.Zip(ranks).ToDictionary(
            s => s.First.Segment,
            s => s.First.Scale == RoughnessScale.Profiler ? new SegmentRoughness(s.First.MPerKm, s.First.Error, s.Second) : new SegmentRoughness(null, null, s.Second),
            StringComparer.Ordinal);
    }

    /// <summary>Share of the others that each is above, 0 to 1.</summary>
    internal static double[] Ranks(double[] values)
    {
        var sorted = values.Order().ToArray();
        return Array.ConvertAll(values, v =>
        {
            var at = Array.BinarySearch(sorted, v);
            while (at > 0 && sorted[at - 1] == v) at--;
            return values.Length > 1 ? (double)at / (values.Length - 1) : 0.5;
        });
    }
}
