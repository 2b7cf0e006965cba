using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Explains the light along one pass by all lights of the inventory at once: each gives what it gives and no less than
/// nothing, over a floor that changes slowly (non-negative least squares). Of one lamp it tells how well each share of its usual
/// light fits, wherever within the inventory's and the receiver's errors it hangs. What lit neighbours give is theirs and
/// hides nothing; what is read beyond all lamps may be headlights or a window and counts little, but light that should be there
/// and isn't cannot be argued away.
/// </summary>
internal sealed class LampFit(LampModel model, LampFitOptions options)
{
    private const int Iterations = 3;
    private const int Sweeps = 20;

    // In sigmas of the misfit.
    private const double Settled = 0.01;

    private static readonly double[] CommonM = [0, -3, 3];
    private static readonly (double East, double North)[] NearM = [(0, 0), (-2.5, 0), (2.5, 0), (0, -2.5), (0, 2.5)];
    private static readonly (double East, double North)[] OwnM = Places(2, 2);

    private double[] _lux = [];
    private double[] _precision = [];
    private double[][] _columns = [];

    /// <summary>Natural logarithms of the likelihood of each share of <see cref="LampLadder.Shares"/>, the best 0.</summary>
    /// <param name="points">The light about the closest approach.</param>
    /// <param name="lamps">The lamp in question, then its neighbours.</param>
    /// <param name="errorM">Of the receiver, one sigma each way, metres.</param>
    public double[] Likelihoods(IReadOnlyList<LightPoint> points, IReadOnlyList<LampPlace> lamps, double errorM)
    {
        _lux = [.. points.Select(p => p.Lux)];
        _precision = [.. _lux.Select(lux => 1 / (options.NoiseLux * options.NoiseLux + options.ShapeShare * options.ShapeShare * lux * lux))];
        var floor = Floor(points);
        _columns = [.. lamps.Select(_ => new double[points.Count]), .. floor];
        var places = lamps.ToArray();
        Common(points, places, errorM);
        var burning = Misfit(fixedShare: null);
        // One that plainly burns needs no search for where else its light may come from.
        var plain = Misfit(fixedShare: 0) - burning > options.Plain;
        if (!plain) Neighbours(points, places);
        var sigma = Math.Sqrt(options.PoleErrorM * options.PoleErrorM + 0.25 * errorM * errorM);
        return Marginal(points, places[0], sigma, plain ? NearM : OwnM);
    }

    // Over where the lamp may hang: what a place makes of it, weighed by how likely it hangs there.
    private double[] Marginal(IReadOnlyList<LightPoint> points, in LampPlace lamp, double sigma, (double East, double North)[] moves)
    {
        var free = new double[moves.Length];
        var prior = new double[moves.Length];
        for (var m = 0; m < moves.Length; m++)
        {
            Cast(points, lamp with { EastM = lamp.EastM + moves[m].East, NorthM = lamp.NorthM + moves[m].North }, _columns[0]);
            prior[m] = -(moves[m].East * moves[m].East + moves[m].North * moves[m].North) / (2 * sigma * sigma);
            free[m] = prior[m] - Misfit(fixedShare: null);
        }

        var likeliest = free.Max();
        var sums = new double[LampLadder.Shares.Count];
        for (var m = 0; m < moves.Length; m++)
        {
            // A place that explains so much less adds nothing that would be seen.
            if (free[m] < likeliest - options.Negligible) continue;
            Cast(points, lamp with { EastM = lamp.EastM + moves[m].East, NorthM = lamp.NorthM + moves[m].North }, _columns[0]);
            for (var i = 0; i < sums.Length; i++) sums[i] += Math.Exp(Math.Max(-600, prior[m] - Misfit(LampLadder.Shares[i]) - likeliest));
        }

        var logs = sums.Select(s => Math.Log(Math.Max(s, 1e-250))).ToArray();
        var best = logs.Max();
        return [.. logs.Select(l => l - best)];
    }

    // The receiver's error moves all of them alike.
    private void Common(IReadOnlyList<LightPoint> points, LampPlace[] places, double errorM)
    {
        var (least, moveEast, moveNorth) = (double.MaxValue, 0.0, 0.0);
        foreach (var east in CommonM)
        {
            foreach (var north in CommonM)
            {
                for (var j = 0; j < places.Length; j++)
                    Cast(points, places[j] with { EastM = places[j].EastM + east, NorthM = places[j].NorthM + north }, _columns[j]);
                var misfit = Misfit(fixedShare: null) + (east * east + north * north) / (2 * errorM * errorM);
                if (misfit < least - 1e-9) (least, moveEast, moveNorth) = (misfit, east, north);
            }
        }

        for (var j = 0; j < places.Length; j++)
        {
            places[j] = places[j] with { EastM = places[j].EastM + moveEast, NorthM = places[j].NorthM + moveNorth };
            Cast(points, places[j], _columns[j]);
        }
    }

    // Then each neighbour hangs where it explains most, within the inventory's error.
    private void Neighbours(IReadOnlyList<LightPoint> points, LampPlace[] places)
    {
        for (var j = 1; j < places.Length; j++)
        {
            if (places[j].EastM * places[j].EastM + places[j].NorthM * places[j].NorthM > options.NeighbourM * options.NeighbourM) continue;
            var (least, best) = (double.MaxValue, places[j]);
            foreach (var (east, north) in NearM)
            {
                var moved = places[j] with { EastM = places[j].EastM + east, NorthM = places[j].NorthM + north };
                Cast(points, moved, _columns[j]);
                var misfit = Misfit(fixedShare: null) + (east * east + north * north) / (2 * options.PoleErrorM * options.PoleErrorM);
                if (misfit < least - 1e-9) (least, best) = (misfit, moved);
            }

            places[j] = best;
            Cast(points, best, _columns[j]);
        }
    }

    private static (double East, double North)[] Places(double stepM, int steps) =>
        [.. from e in Enumerable.Range(-steps, 2 * steps + 1)
            from n in Enumerable.Range(-steps, 2 * steps + 1)
            where Math.Abs(e) + Math.Abs(n) < 2 * steps
            select (e * stepM, n * stepM)];

    private void Cast(IReadOnlyList<LightPoint> points, in LampPlace lamp, double[] column)
    {
        for (var i = 0; i < column.Length; i++)
        {
            var (dx, dy) = (lamp.EastM - points[i].EastM, lamp.NorthM - points[i].NorthM);
            column[i] = lamp.UsualCd * model.Share(Math.Sqrt(dx * dx + dy * dy));
        }
    }

    // Tents over the track: between their tips the floor runs straight.
    private double[][] Floor(IReadOnlyList<LightPoint> points)
    {
        var first = points[0].AlongM;
        var tips = Math.Max(2, (int)Math.Ceiling((points[^1].AlongM - first) / options.FloorStepM) + 1);
        var step = (points[^1].AlongM - first) / (tips - 1);
        return [.. Enumerable.Range(0, tips).Select(t =>
            points.Select(p => Math.Max(0, 1 - Math.Abs(p.AlongM - first - t * step) / step)).ToArray())];
    }

    // Half the robust sum of squares of what no combination explains, thinned because neighbouring points err together.
    private double Misfit(double? fixedShare)
    {
        var first = fixedShare is null ? 0 : 1;
        var n = _columns.Length - first;
        Span<double> gram = stackalloc double[n * n];
        Span<double> right = stackalloc double[n];
        Span<double> x = stackalloc double[n];
        Span<double> rest = stackalloc double[_lux.Length];
        Span<double> weight = stackalloc double[_lux.Length];
        for (var i = 0; i < _lux.Length; i++)
        {
            rest[i] = _lux[i] - (fixedShare ?? 0) * _columns[0][i];
            weight[i] = _precision[i];
        }

        var misfit = 0.0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            for (var a = 0; a < n; a++)
            {
                var columnA = _columns[a + first];
                for (var b = a; b < n; b++)
                {
                    var columnB = _columns[b + first];
                    var sum = 0.0;
                    for (var i = 0; i < rest.Length; i++) sum += weight[i] * columnA[i] * columnB[i];
                    gram[a * n + b] = gram[b * n + a] = sum;
                }

                var dot = 0.0;
                for (var i = 0; i < rest.Length; i++) dot += weight[i] * columnA[i] * rest[i];
                right[a] = dot;
            }

            Solve(gram, right, x, n);
            misfit = 0;
            for (var i = 0; i < rest.Length; i++)
            {
                var residual = rest[i];
                for (var a = 0; a < n; a++) residual -= x[a] * _columns[a + first][i];
                var z = residual * Math.Sqrt(_precision[i]);
                if (z <= options.Surprise)
                {
                    misfit += z * z;
                    weight[i] = _precision[i];
                }
                else
                {
                    misfit += options.Surprise * (2 * z - options.Surprise);
                    weight[i] = _precision[i] * options.Surprise / z;
                }
            }
        }

        return misfit / 2 * options.Thinning;
    }

    // Coordinate descent: exact for such sums of squares, and never below nothing.
    private static void Solve(Span<double> gram, Span<double> right, Span<double> x, int n)
    {
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var moved = 0.0;
            for (var a = 0; a < n; a++)
            {
                var diagonal = gram[a * n + a];
                if (diagonal <= 1e-12) continue;
                var gradient = right[a];
                for (var b = 0; b < n; b++) gradient -= gram[a * n + b] * x[b];
                var next = Math.Max(0, x[a] + gradient / diagonal);
                moved = Math.Max(moved, Math.Abs(next - x[a]) * Math.Sqrt(diagonal));
                x[a] = next;
            }

            if (moved < Settled) return;
        }
    }
}
