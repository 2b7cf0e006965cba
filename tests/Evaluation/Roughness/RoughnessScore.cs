namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>Estimates held against the truth.</summary>
/// <param name="Rmse">Root mean square error, m/km.</param>
/// <param name="R2">Share of the variance that is explained.</param>
/// <param name="Relative">Root mean square error of the logarithm.</param>
/// <param name="Within">Share of truths within two standard errors; null when none are told.</param>
/// <param name="Count">Pieces.</param>
internal sealed record RoughnessScore(double Rmse, double R2, double Relative, double? Within, int Count)
{
    public static RoughnessScore Of(IReadOnlyCollection<(double Estimate, double Truth, double? Error)> all)
    {
        if (all.Count == 0) return new RoughnessScore(double.NaN, double.NaN, double.NaN, null, 0);
        var mean = all.Average(a => a.Truth);
        var squares = all.Sum(a => Math.Pow(a.Estimate - a.Truth, 2));
        return new RoughnessScore(
            Math.Sqrt(squares / all.Count), 1 - squares / all.Sum(a => Math.Pow(a.Truth - mean, 2)),
            Math.Sqrt(all.Average(a => Math.Pow(Math.Log(a.Estimate / a.Truth), 2))),
            all.All(a => a.Error is not null) ? all.Average(a => Math.Abs(a.Estimate - a.Truth) <= 2 * a.Error ? 1.0 : 0) : null, all.Count);
    }
}
