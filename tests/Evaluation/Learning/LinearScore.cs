namespace ThreeOneOne.Field.Evaluation.Learning;

/// <summary>A weighted sum of features, each brought to its usual size first: (value − middle) ÷ spread, at most 4 either way.</summary>
/// <param name="Start">The sum without any feature.</param>
/// <param name="Middles">Of each feature.</param>
/// <param name="Spreads">Of each feature, above 0.</param>
/// <param name="Weights">Of each feature.</param>
internal sealed record LinearScore(double Start, float[] Middles, float[] Spreads, float[] Weights)
{
    private const double Farthest = 4;

    /// <summary>Chance from log odds.</summary>
    public static double Chance(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>Log odds of the kind that the weights were fitted to; what is no number counts as usual.</summary>
    public double LogOdds(ReadOnlySpan<float> features)
    {
        var sum = Start;
        for (var f = 0; f < Weights.Length; f++)
        {
            var value = (features[f] - Middles[f]) / Spreads[f];
            if (!double.IsNaN(value)) sum += Weights[f] * Math.Clamp(value, -Farthest, Farthest);
        }

        return sum;
    }
}
