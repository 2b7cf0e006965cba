using ThreeOneOne.Field.Agent.Sensing.Shock;

namespace ThreeOneOne.Field.Evaluation.Learning;

/// <summary>Logistic regression with several classes and a ridge, by Newton's steps. Nothing is left to chance.</summary>
/// <param name="ridge">Added to each weight's curvature, in examples: draws weights to zero.</param>
internal sealed class SoftmaxTrainer(double ridge)
{
    private const int Steps = 25;

    // Only differences between the classes' starts matter; this keeps them about zero.
    private const double StartRidge = 1e-3;

    /// <param name="version">Names what is learned.</param>
    /// <param name="rows">One row of features for each example, all of one length.</param>
    /// <param name="classes">The number of each one's class.</param>
    /// <param name="weights">How much each example counts, above 0.</param>
    public ShockModel Train(string version, IReadOnlyList<float[]> rows, IReadOnlyList<int> classes, IReadOnlyList<double> weights)
    {
        const int Count = ShockModel.Classes;
        var (middles, spreads) = LinearTrainer.Usual(rows);
        var design = LinearTrainer.Design(rows, middles, spreads);
        var n = middles.Length + 1;
        var w = new double[Count * n];
        var loss = Loss(w);
        for (var step = 0; step < Steps; step++)
        {
            var (gradient, curvature) = Slope(w);
            var move = LinearTrainer.Solve(curvature, gradient);
            // Newton's whole step, or as much of it as helps.
            var share = 1.0;
            var next = Moved(share);
            var better = Loss(next);
            while (better > loss && share > 1e-4)
            {
                share /= 2;
                next = Moved(share);
                better = Loss(next);
            }

            if (better > loss) break;
            var gained = loss - better;
            (w, loss) = (next, better);
            if (gained < 1e-7 * rows.Count) break;

            double[] Moved(double by) => [.. w.Select((v, i) => v + by * move[i])];
        }

        return new ShockModel(version, middles, spreads, [.. Enumerable.Range(0, Count).Select(c => (float)w[c * n + n - 1])],
            [.. Enumerable.Range(0, Count).Select(c => w.Skip(c * n).Take(n - 1).Select(v => (float)v).ToArray())], 1);

        double Loss(double[] at)
        {
            var chances = new double[Count];
            var sum = 0.0;
            for (var i = 0; i < design.Count; i++)
            {
                Chances(at, design[i], chances);
                sum -= weights[i] * Math.Log(Math.Max(1e-300, chances[classes[i]]));
            }

            for (var k = 0; k < at.Length; k++) sum += 0.5 * (k % n == n - 1 ? StartRidge : ridge) * at[k] * at[k];
            return sum;
        }

        (double[] Gradient, double[,] Curvature) Slope(double[] at)
        {
            var gradient = new double[Count * n];
            var curvature = new double[Count * n, Count * n];
            var chances = new double[Count];
            for (var i = 0; i < design.Count; i++)
            {
                var x = design[i];
                Chances(at, x, chances);
                for (var c = 0; c < Count; c++)
                {
                    var pull = weights[i] * ((classes[i] == c ? 1 : 0) - chances[c]);
                    for (var a = 0; a < n; a++) gradient[c * n + a] += pull * x[a];
                    for (var d = 0; d <= c; d++)
                    {
                        var bend = weights[i] * chances[c] * ((c == d ? 1 : 0) - chances[d]);
                        for (var a = 0; a < n; a++)
                        {
                            var ba = bend * x[a];
                            for (var b = 0; b < (c == d ? a + 1 : n); b++) curvature[c * n + a, d * n + b] += ba * x[b];
                        }
                    }
                }
            }

            for (var k = 0; k < at.Length; k++)
            {
                var drawn = k % n == n - 1 ? StartRidge : ridge;
                gradient[k] -= drawn * at[k];
                curvature[k, k] += drawn;
            }

            return (gradient, curvature);
        }

        void Chances(double[] at, double[] x, double[] to)
        {
            var most = double.MinValue;
            for (var c = 0; c < Count; c++)
            {
                var sum = 0.0;
                for (var a = 0; a < n; a++) sum += at[c * n + a] * x[a];
                to[c] = sum;
                most = Math.Max(most, sum);
            }

            var all = 0.0;
            for (var c = 0; c < Count; c++) all += to[c] = Math.Exp(to[c] - most);
            for (var c = 0; c < Count; c++) to[c] /= all;
        }
    }
}
