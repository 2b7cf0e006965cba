namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>Estimates held against the truth.</summary>
/// <param name="Rmse">Root mean square error, m/km.</param>
/// <param name="R2">Share of the variance that is explained.</param>
/// <param name="Relative">Root mean square error of the logarithm.</param>
/// <param name="Within">Share of truths within two standard errors; null when none are told.</param>
/// <param name="ErrorShare">Mean standard error over the estimate: errors that are wide enough for everything say nothing.</param>
/// <param name="Rank">Correlation of ranks (Spearman).</param>
/// <param name="Count">Pieces.</param>
internal sealed record RoughnessScore(double Rmse, double R2, double Relative, double? Within, double? ErrorShare, double Rank, int Count)
{
    public static RoughnessScore Of(IReadOnlyCollection<(double Estimate, double Truth, double? Error)> all)
    {
        if (all.Count == 0) return new RoughnessScore(double.NaN, double.NaN, double.NaN, null, null, double.NaN, 0);
        var mean = all.Average(a => a.Truth);
        var squares = all.Sum(a => Math.Pow(a.Estimate - a.Truth, 2));
        return new RoughnessScore(
            Math.Sqrt(squares / all.Count), 1 - squares / all.Sum(a => Math.Pow(a.Truth - mean, 2)),
            Math.Sqrt(all.Average(a => Math.Pow(Math.Log(a.Estimate / a.Truth), 2))),
            all.All(a => a.Error is not null) ? all.Average(a => Math.Abs(a.Estimate - a.Truth) <= 2 * a.Error ? 1.0 : 0) : null,
            all.All(a => a.Error is not null) ? all.Average(a => a.Error / a.Estimate) : null,
            Correlation(Ranks([.. all.Select(a => a.Estimate)]), Ranks([.. all.Select(a => a.Truth)])), all.Count);
    }

    private static double[] Ranks(double[] values)
    {
        var ranks = new double[values.Length];
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        for (var place = 0; place < order.Length; place++) ranks[order[place]] = place;
        return ranks;
    }

    private static double Correlation(double[] one, double[] other)
    {
        var mean = (one.Length - 1) / 2.0;
        return one.Zip(other).Sum(p => (p.First - mean) * (p.Second - mean)) / one.Sum(v => (v - mean) * (v - mean));
    }
}
