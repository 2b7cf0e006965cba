namespace ThreeOneOne.Field.Agent.Sensing.Shock;

/// <summary>
/// Chances of each <see cref="ShockClass"/> from <see cref="ShockFeatures"/>: one weighted sum of features for each class, each
/// feature brought to its usual size first ((value − middle) ÷ spread, at most 4 either way), and their softmax.
/// </summary>
/// <param name="Version">Names the weights; on the wire with each verdict.</param>
/// <param name="Middles">Of each feature.</param>
/// <param name="Spreads">Of each feature, above 0.</param>
/// <param name="Start">Of each class: the sum without any feature.</param>
/// <param name="Weights">Of each class: one of each feature.</param>
/// <param name="Temperature">Sums are divided by it before the softmax, above 0: chosen so that chances come true.</param>
internal sealed record ShockModel(string Version, float[] Middles, float[] Spreads, float[] Start, float[][] Weights, double Temperature)
{
    public const int Classes = 6;

    // What is farther than this from the usual was not seen in training, and says no more than this does.
    private const float Farthest = 4;

    /// <param name="features">As <see cref="ShockFeatures.Write"/> gives them; what is no number counts as usual.</param>
    /// <param name="to">Receives the chance of each class; they add up to 1.</param>
    public void Chances(ReadOnlySpan<float> features, Span<double> to)
    {
        for (var c = 0; c < Classes; c++) to[c] = Start[c];
        for (var f = 0; f < Middles.Length; f++)
        {
            var value = (features[f] - Middles[f]) / Spreads[f];
            if (float.IsNaN(value)) continue;
            value = Math.Clamp(value, -Farthest, Farthest);
            for (var c = 0; c < Classes; c++) to[c] += Weights[c][f] * value;
        }

        // The largest is taken off first: the exponential of a large sum is no number.
        var most = to[0];
        for (var c = 1; c < Classes; c++) most = Math.Max(most, to[c]);
        var sum = 0.0;
        for (var c = 0; c < Classes; c++)
        {
            to[c] = Math.Exp((to[c] - most) / Temperature);
            sum += to[c];
        }

        for (var c = 0; c < Classes; c++) to[c] /= sum;
    }
}
