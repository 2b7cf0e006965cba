namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Least squares of a vehicle's response, its slope, its own shaking and that one's slope.</summary>
internal sealed class FourUnknowns
{
    private const int Count = 4;

    private readonly double[,] _normal = new double[Count, Count];
    private readonly double[] _right = new double[Count];

    /// <summary>Adds that one of them is known to be about a value.</summary>
    public void Know(int which, double value, double spread)
    {
        _normal[which, which] += 1 / (spread * spread);
        _right[which] += value / (spread * spread);
    }

    /// <summary>Adds what was felt over a square of roughness.</summary>
    public void Add(double weight, double square, double logSpeed, double power)
    {
        Span<double> row = [square, square * logSpeed, 1, logSpeed];
        for (var i = 0; i < Count; i++)
        {
            _right[i] += weight * row[i] * power;
            for (var j = 0; j < Count; j++) _normal[i, j] += weight * row[i] * row[j];
        }
    }

    public (double Response, double Slope, double Hum, double HumSlope) Solve()
    {
        var x = Inverse(Count, _right);
        return (x[0], x[1], x[2], x[3]);
    }

    public (double Response, double Slope, double Hum, double HumSlope) SolveWithoutOwn()
    {
        var x = Inverse(2, _right);
        return (x[0], x[1], 0, 0);
    }

    /// <summary>Variance of the power that these unknowns foretell.</summary>
    public double Variance(double square, double logSpeed)
    {
        double[] row = [square, square * logSpeed, 1, logSpeed];
        var x = Inverse(Count, row);
        var sum = 0.0;
        for (var i = 0; i < Count; i++) sum += row[i] * x[i];
        return Math.Max(0, sum);
    }

    /// <summary>Variance of the response.</summary>
    public double OfResponse => Inverse(Count, [1, 0, 0, 0])[0];

    // By elimination; a prior on the diagonal keeps it from being singular.
    private double[] Inverse(int count, double[] right)
    {
        var a = (double[,])_normal.Clone();
        var x = right[..count];
        for (var i = 0; i < count; i++)
        {
            for (var row = i + 1; row < count; row++)
            {
                var share = a[row, i] / a[i, i];
                for (var column = i; column < count; column++) a[row, column] -= share * a[i, column];
                x[row] -= share * x[i];
            }
        }

        for (var i = count - 1; i >= 0; i--)
        {
            for (var column = i + 1; column < count; column++) x[i] -= a[i, column] * x[column];
            x[i] /= a[i, i];
        }

        return x;
    }
}
