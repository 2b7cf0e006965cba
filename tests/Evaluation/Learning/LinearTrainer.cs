namespace ThreeOneOne.Field.Evaluation.Learning;

/// <summary>Logistic regression with a ridge, by Newton's steps. Nothing is left to chance.</summary>
/// <param name="ridge">Added to each weight's curvature, in examples: draws weights to zero.</param>
internal sealed class LinearTrainer(double ridge)
{
    private const int Steps = 30;

    /// <param name="rows">One row of features for each example, all of one length.</param>
    /// <param name="labels">True for the kind that is learned.</param>
    /// <param name="weights">How much each example counts, above 0.</param>
    public LinearScore Train(IReadOnlyList<float[]> rows, IReadOnlyList<bool> labels, IReadOnlyList<double> weights)
    {
        var (middles, spreads) = Usual(rows);
        var design = Design(rows, middles, spreads);
        var width = middles.Length;
        var n = width + 1;
        var w = new double[n];
        for (var step = 0; step < Steps; step++)
        {
            var gradient = new double[n];
            var curvature = new double[n, n];
            for (var i = 0; i < design.Count; i++)
            {
                var x = design[i];
                var chance = LinearScore.Chance(x.Zip(w, (a, b) => a * b).Sum());
                var pull = weights[i] * ((labels[i] ? 1 : 0) - chance);
                var bend = weights[i] * Math.Max(1e-6, chance * (1 - chance));
                for (var a = 0; a < n; a++)
                {
                    gradient[a] += pull * x[a];
                    for (var b = 0; b <= a; b++) curvature[a, b] += bend * x[a] * x[b];
                }
            }

            for (var a = 0; a < n; a++)
            {
                // The start is not drawn to zero.
                if (a < width)
                {
                    gradient[a] -= ridge * w[a];
                    curvature[a, a] += ridge;
                }

                curvature[a, a] += 1e-9;
            }

            var move = Solve(curvature, gradient);
            for (var a = 0; a < n; a++) w[a] += move[a];
            if (move.Max(Math.Abs) < 1e-9) break;
        }

        return new LinearScore(w[width], middles, spreads, [.. w.Take(width).Select(v => (float)v)]);
    }

    /// <summary>Middle and spread of each feature over what is known of it.</summary>
    public static (float[] Middles, float[] Spreads) Usual(IReadOnlyList<float[]> rows)
    {
        var width = rows[0].Length;
        var middles = new float[width];
        var spreads = new float[width];
        for (var f = 0; f < width; f++)
        {
            var known = rows.Select(r => (double)r[f]).Where(double.IsFinite).ToList();
            var mean = known.Count == 0 ? 0 : known.Average();
            middles[f] = (float)mean;
            spreads[f] = (float)Math.Max(1e-6, Math.Sqrt(known.Count == 0 ? 1 : known.Average(v => (v - mean) * (v - mean))));
        }

        return (middles, spreads);
    }

    /// <summary>Rows in their usual size, with a one for the start behind.</summary>
    public static List<double[]> Design(IReadOnlyList<float[]> rows, float[] middles, float[] spreads) => [.. rows.Select(r =>
    {
        var x = new double[middles.Length + 1];
        x[^1] = 1;
        for (var f = 0; f < middles.Length; f++)
        {
            var v = (r[f] - middles[f]) / spreads[f];
            x[f] = double.IsNaN(v) ? 0 : Math.Clamp(v, -4, 4);
        }

        return x;
    })];

    /// <summary>Cholesky's way on the lower half, which is overwritten.</summary>
    public static double[] Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < j; k++) a[j, j] -= a[j, k] * a[j, k];
            a[j, j] = Math.Sqrt(Math.Max(1e-12, a[j, j]));
            for (var i = j + 1; i < n; i++)
            {
                for (var k = 0; k < j; k++) a[i, j] -= a[i, k] * a[j, k];
                a[i, j] /= a[j, j];
            }
        }

        var x = (double[])b.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= a[i, k] * x[k];
            x[i] /= a[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) x[i] -= a[k, i] * x[k];
            x[i] /= a[i, i];
        }

        return x;
    }
}
