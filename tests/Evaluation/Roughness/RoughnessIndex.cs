namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>
/// The International Roughness Index of a profile by Sayers' algorithm (1995): the profile averaged over 250 mm, the golden
/// quarter-car driven over its slopes at 80 km/h by the exact transition between samples, begun as if the first 11 m had been
/// driven before, and the mean distance by which body and wheel move against each other.
/// </summary>
internal static class RoughnessIndex
{
    private const double IndexMps = 80 / 3.6;
    private const double Tyre = 653, Spring = 63.3, Damper = 6, Wheel = 0.15;
    private const double AverageM = 0.25, BeginM = 11;

    /// <summary>Accumulated suspension movement over each step between samples, m/m.</summary>
    /// <param name="heights">Profile, metres.</param>
    /// <param name="stepM">Between samples.</param>
    public static double[] Movement(double[] heights, double stepM)
    {
        var (transition, response) = Transition(stepM / IndexMps);
        var smooth = Smooth(heights, Math.Max(1, (int)Math.Round(AverageM / stepM)));
        var lead = Math.Min(smooth.Length - 1, (int)Math.Round(BeginM / stepM));
        var begin = (smooth[lead] - smooth[0]) / (lead * stepM);
        // Slopes of body, body's change, wheel, wheel's change.
        double[] state = [begin, 0, begin, 0];
        var next = new double[4];
        var moved = new double[smooth.Length - 1];
        for (var i = 0; i < moved.Length; i++)
        {
            var slope = (smooth[i + 1] - smooth[i]) / stepM;
            for (var row = 0; row < 4; row++)
            {
                next[row] = response[row] * slope;
                for (var column = 0; column < 4; column++) next[row] += transition[row, column] * state[column];
            }

            (state, next) = (next, state);
            moved[i] = Math.Abs(state[0] - state[2]);
        }

        return moved;
    }

    /// <summary>Index between two places of a profile, m/km.</summary>
    public static double MPerKm(double[] movement, double stepM, double fromM, double toM)
    {
        var (from, to) = ((int)Math.Round(fromM / stepM), Math.Min(movement.Length, (int)Math.Round(toM / stepM)));
        return movement.AsSpan(from, to - from).ToArray().Average() * 1000;
    }

    private static double[] Smooth(double[] heights, int count)
    {
        var smooth = new double[heights.Length];
        for (var i = 0; i < heights.Length; i++)
        {
            var (from, to) = (Math.Max(0, i - (count - 1) / 2), Math.Min(heights.Length - 1, i + count / 2));
            for (var k = from; k <= to; k++) smooth[i] += heights[k] / (to - from + 1);
        }

        return smooth;
    }

    // exp(A·dt) and A⁻¹(exp(A·dt) − 1)·B by their series, over short parts of the step that are then joined.
    private static (double[,] Transition, double[] Response) Transition(double seconds)
    {
        double[,] a =
        {
            { 0, 1, 0, 0 }, { -Spring, -Damper, Spring, Damper }, { 0, 0, 0, 1 },
            { Spring / Wheel, Damper / Wheel, -(Tyre + Spring) / Wheel, -Damper / Wheel },
        };
        double[] b = [0, 0, 0, Tyre / Wheel];
        // One matrix for both: the input is a fifth state that stays.
        var all = new double[5, 5];
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 4; column++) all[row, column] = a[row, column] * seconds / 64;
            all[row, 4] = b[row] * seconds / 64;
        }

        var exponential = Unit();
        var term = Unit();
        for (var n = 1; n <= 12; n++)
        {
            term = Product(term, all, 1.0 / n);
            for (var i = 0; i < 25; i++) exponential[i / 5, i % 5] += term[i / 5, i % 5];
        }

        for (var doubling = 0; doubling < 6; doubling++) exponential = Product(exponential, exponential, 1);
        var transition = new double[4, 4];
        for (var i = 0; i < 16; i++) transition[i / 4, i % 4] = exponential[i / 4, i % 4];
        return (transition, [exponential[0, 4], exponential[1, 4], exponential[2, 4], exponential[3, 4]]);
    }

    private static double[,] Unit()
    {
        var unit = new double[5, 5];
        for (var i = 0; i < 5; i++) unit[i, i] = 1;
        return unit;
    }

    private static double[,] Product(double[,] left, double[,] right, double scale)
    {
        var product = new double[5, 5];
        for (var row = 0; row < 5; row++)
        {
            for (var column = 0; column < 5; column++)
            {
                for (var k = 0; k < 5; k++) product[row, column] += left[row, k] * right[k, column] * scale;
            }
        }

        return product;
    }
}
