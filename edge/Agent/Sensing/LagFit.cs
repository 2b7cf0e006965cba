namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Changes of speed explained by what the three axes of the accelerometer felt, at one supposed lag: least squares with forgetting. The
/// mounting need not be known, and a constant (gravity on a tilted axis, an offset) is the fourth term.
/// </summary>
internal sealed class LagFit
{
    private const int Terms = 4;
    private const double Ridge = 1e-6;

    private readonly double[] _products = new double[Terms * Terms];
    private readonly double[] _with = new double[Terms];
    private double _square;

    public void Add(ReadOnlySpan<double> felt, double change, double forget)
    {
        for (var i = 0; i < Terms; i++)
        {
            for (var j = 0; j <= i; j++) _products[i * Terms + j] = _products[i * Terms + j] * forget + felt[i] * felt[j];
            _with[i] = _with[i] * forget + felt[i] * change;
        }

        _square = _square * forget + change * change;
    }

    /// <summary>The sum of squares that is left unexplained; that a constant alone leaves; and by how much of a push each m/s² felt was explained.</summary>
    public (double Left, double Whole, double Gain) Solve()
    {
        // Cholesky; what is left is the square less the squares of the solved right side.
        Span<double> lower = stackalloc double[Terms * Terms];
        Span<double> solved = stackalloc double[Terms];
        Span<double> shares = stackalloc double[Terms];
        var left = _square;
        for (var i = 0; i < Terms; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = _products[i * Terms + j] + (i == j ? Ridge * (1 + _products[i * Terms + i]) : 0);
                for (var k = 0; k < j; k++) sum -= lower[i * Terms + k] * lower[j * Terms + k];
                lower[i * Terms + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / lower[j * Terms + j];
            }

            var right = _with[i];
            for (var k = 0; k < i; k++) right -= lower[i * Terms + k] * solved[k];
            solved[i] = right / lower[i * Terms + i];
            left -= solved[i] * solved[i];
        }

        const int Last = Terms - 1;
        var gain = 0.0;
        for (var i = Last; i >= 0; i--)
        {
            shares[i] = solved[i];
            for (var k = i + 1; k < Terms; k++) shares[i] -= lower[k * Terms + i] * shares[k];
            shares[i] /= lower[i * Terms + i];
            if (i < Last) gain += shares[i] * shares[i];
        }

        var constant = _products[Last * Terms + Last];
        return (Math.Max(left, 1e-9), _square - (constant > 0 ? _with[Last] * _with[Last] / constant : 0), Math.Sqrt(gain));
    }
}
