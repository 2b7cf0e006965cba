namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>The unknowns of a calibration and one step towards them at a time; all arrays in the order of their keys.</summary>
internal sealed class CalibrationModel
{
    private const double SpreadPrior = 10, SpreadFloor = 0.5;

    private readonly RoughnessOptions _options;
    private readonly VehiclePiece[] _felt;
    private readonly int[] _pieceOf, _periodOf, _partOf;
    private readonly double[] _log, _weight, _robust;
    private readonly Piece[] _pieces;
    private readonly (string Vehicle, int Month)[] _periods;
    private readonly double[] _roughness, _offset, _slope, _spread, _precision;
    private readonly double?[] _profiled;
    private readonly int[] _shared;
    private readonly int _parts;
    private double _scatter = 1;

    /// <param name="felt">In order of piece, vehicle and month.</param>
    /// <param name="profiled">m/km by piece.</param>
    /// <param name="options">Priors.</param>
    public CalibrationModel(VehiclePiece[] felt, IReadOnlyDictionary<Piece, double> profiled, RoughnessOptions options)
    {
        (_felt, _options) = (felt, options);
        _pieces = [.. felt.Select(f => f.Piece).Distinct()];
        _periods = [.. felt.Select(f => (f.Vehicle, f.Month)).Distinct().OrderBy(p => p.Vehicle, StringComparer.Ordinal).ThenBy(p => p.Month)];
        var (pieceAt, periodAt) = (Index(_pieces), Index(_periods));
        (_pieceOf, _periodOf) = (Array.ConvertAll(felt, f => pieceAt[f.Piece]), Array.ConvertAll(felt, f => periodAt[(f.Vehicle, f.Month)]));
        (_log, _weight) = (Array.ConvertAll(felt, f => 0.5 * Math.Log(Calibration.Square(f.Sums))), new double[felt.Length]);
        _robust = Array.ConvertAll(felt, _ => 1.0);
        (_roughness, _offset, _slope, _precision) = (new double[_pieces.Length], new double[_periods.Length], new double[_periods.Length], new double[_periods.Length]);
        _spread = Array.ConvertAll(_periods, _ => 1.0);
        Weigh();
        _profiled = Array.ConvertAll(_pieces, p => profiled.TryGetValue(p, out var known) && known > 0 ? Math.Log(known) : (double?)null);
        (_partOf, _parts) = ConnectedParts.Of(_pieces.Length, _periods.Length, _pieceOf, _periodOf);
        _shared = CountShared();
    }

    /// <summary>Betters every unknown once, given the others.</summary>
    /// <returns>The largest change.</returns>
    public double Sweep()
    {
        var change = 0.0;
        var (sums, weights) = (new double[_pieces.Length], new double[_pieces.Length]);
        for (var p = 0; p < _pieces.Length; p++)
        {
            if (_profiled[p] is { } known) (sums[p], weights[p]) = (Calibration.ProfilerWeight * known, Calibration.ProfilerWeight);
        }

        for (var i = 0; i < _felt.Length; i++)
        {
            var w = _weight[i] * _robust[i];
            sums[_pieceOf[i]] += w * (_log[i] - Bias(i));
            weights[_pieceOf[i]] += w;
        }

        for (var p = 0; p < _pieces.Length; p++) change = Math.Max(change, Set(ref _roughness[p], sums[p] / weights[p]));
        change = Math.Max(change, SweepPeriods());
        return Math.Max(change, Settle());
    }

    /// <summary>Gives what does not fit less weight, vehicles that scatter too, and learns how much the model leaves.</summary>
    public void Reweigh(double huber)
    {
        SpreadPeriods();
        var squares = 0.0;
        for (var i = 0; i < _felt.Length; i++) squares += _robust[i] * _weight[i] * Math.Pow(Left(i), 2);
        var free = Math.Max(1, _felt.Length - _pieces.Length - 2 * _periods.Length);
        // Few or no shared pieces leave nothing to learn it from.
        _scatter = Math.Max(1, Math.Sqrt(squares / free));
        for (var i = 0; i < _felt.Length; i++) _robust[i] = Math.Min(1, huber / Math.Max(1e-9, Math.Abs(Left(i)) * Math.Sqrt(_weight[i]) / _scatter));
    }

    public CalibrationResult Result(double pathSpread)
    {
        var scale = ScaleVariance(out var profiled);
        var variance = Array.ConvertAll(_precision, p => _scatter * _scatter / Math.Max(p, 1e-9));
        var scales = new RoughnessScale[_periods.Length];
        for (var u = 0; u < _periods.Length; u++)
            scales[u] = _shared[u] < _options.LeastShared ? RoughnessScale.None : profiled[PartOfPeriod(u)] ? RoughnessScale.Profiler : RoughnessScale.Fleet;
        var driven = new int[_periods.Length];
        foreach (var u in _periodOf) driven[u]++;
        var periods = _periods.Select((p, u) => new VehicleCalibration(
            p.Vehicle, p.Month, _offset[u], _slope[u], Math.Sqrt(variance[u]), driven[u], _shared[u], scales[u])).ToList();
        var pieces = new List<PieceEstimate>(_pieces.Length);
        for (var (p, i) = (0, 0); p < _pieces.Length; p++)
        {
            var (precision, passes, newest, from) = (_profiled[p] is null ? 0 : Calibration.ProfilerWeight, 0.0, 0, RoughnessScale.None);
            HashSet<string> vehicles = [];
            for (; i < _felt.Length && _pieceOf[i] == p; i++)
            {
                var u = _periodOf[i];
                precision += 1 / (_scatter * _scatter / (_weight[i] * _robust[i]) + variance[u]);
                passes += _felt[i].Passes;
                newest = Math.Max(newest, _felt[i].Sums.NewestDay);
                vehicles.Add(_felt[i].Vehicle);
                if (scales[u] > from) from = scales[u];
            }

            var error = Math.Sqrt(1 / precision + scale[_partOf[p]] + pathSpread * pathSpread);
            var value = Math.Exp(_roughness[p]);
            pieces.Add(new PieceEstimate(_pieces[p], value, value * error, passes, vehicles.Count, newest, from));
        }

        return new CalibrationResult(pieces, periods, _scatter);
    }

    private void Weigh()
    {
        for (var i = 0; i < _felt.Length; i++) _weight[i] = 1 / (Calibration.Variance(_felt[i]) * _spread[_periodOf[i]]);
    }

    // Some vehicles fit worse than others: their mount is loose, or their way across the lane changes.
    private void SpreadPeriods()
    {
        var (squares, count) = (new double[_periods.Length], new int[_periods.Length]);
        for (var i = 0; i < _felt.Length; i++)
        {
            squares[_periodOf[i]] += _robust[i] * _weight[i] * _spread[_periodOf[i]] * Math.Pow(Left(i), 2);
            count[_periodOf[i]]++;
        }

        for (var u = 0; u < _periods.Length; u++) _spread[u] = Math.Max(SpreadFloor, (SpreadPrior + squares[u]) / (SpreadPrior + count[u]));
        Weigh();
    }

    // Offset and slope of each vehicle and month: two unknowns, their priors on the diagonal.
    private double SweepPeriods()
    {
        var (n, x, xx, y, xy) = (new double[_periods.Length], new double[_periods.Length], new double[_periods.Length], new double[_periods.Length], new double[_periods.Length]);
        for (var i = 0; i < _felt.Length; i++)
        {
            var (u, w, speed, left) = (_periodOf[i], _weight[i] * _robust[i], _felt[i].Sums.LogSpeed, _log[i] - _roughness[_pieceOf[i]]);
            n[u] += w;
            x[u] += w * speed;
            xx[u] += w * speed * speed;
            y[u] += w * left;
            xy[u] += w * speed * left;
        }

        var change = 0.0;
        var (offsetPrior, slopePrior) = (1 / Math.Pow(_options.VehicleSpread, 2), 1 / Math.Pow(_options.SlopeSpread, 2));
        for (var u = 0; u < _periods.Length; u++)
        {
            var (a, b, c) = (n[u] + offsetPrior, x[u], xx[u] + slopePrior);
            var determinant = a * c - b * b;
            change = Math.Max(change, Set(ref _offset[u], (y[u] * c - xy[u] * b) / determinant));
            change = Math.Max(change, Set(ref _slope[u], (a * xy[u] - b * y[u]) / determinant));
            _precision[u] = determinant / c;
        }

        return change;
    }

    // Sweeps alone would take thousands of rounds to move all offsets of a part together: that one step is made at once.
    private double Settle()
    {
        var (sum, weight) = (new double[_parts], new double[_parts]);
        var prior = 1 / Math.Pow(_options.VehicleSpread, 2);
        for (var u = 0; u < _periods.Length; u++)
        {
            // A vehicle counts once, however many months it is seen in.
            var share = prior / Months(u);
            sum[PartOfPeriod(u)] -= share * _offset[u];
            weight[PartOfPeriod(u)] += share;
        }

        for (var p = 0; p < _pieces.Length; p++)
        {
            if (_profiled[p] is not { } known) continue;
            sum[_partOf[p]] += Calibration.ProfilerWeight * (_roughness[p] - known);
            weight[_partOf[p]] += Calibration.ProfilerWeight;
        }

        var change = 0.0;
        for (var u = 0; u < _periods.Length; u++)
        {
            var shift = sum[PartOfPeriod(u)] / weight[PartOfPeriod(u)];
            _offset[u] += shift;
            change = Math.Max(change, Math.Abs(shift));
        }

        for (var p = 0; p < _pieces.Length; p++) _roughness[p] -= sum[_partOf[p]] / weight[_partOf[p]];
        return change;
    }

    private double[] ScaleVariance(out bool[] profiled)
    {
        var precision = new double[_parts];
        profiled = new bool[_parts];
        for (var u = 0; u < _periods.Length; u++) precision[PartOfPeriod(u)] += 1 / (Math.Pow(_options.VehicleSpread, 2) * Months(u));
        for (var p = 0; p < _pieces.Length; p++)
        {
            if (_profiled[p] is null) continue;
            precision[_partOf[p]] += Calibration.ProfilerWeight;
            profiled[_partOf[p]] = true;
        }

        return Array.ConvertAll(precision, p => 1 / p);
    }

    private int[] CountShared()
    {
        var shared = new int[_periods.Length];
        for (var (p, i) = (0, 0); p < _pieces.Length; p++)
        {
            var first = i;
            while (i < _felt.Length && _pieceOf[i] == p) i++;
            // Ordered by vehicle: several when the ends differ.
            var several = i > first && (_felt[first].Vehicle != _felt[i - 1].Vehicle || _profiled[p] is not null);
            for (var k = first; several && k < i; k++) shared[_periodOf[k]]++;
        }

        return shared;
    }

    private int Months(int period)
    {
        var (first, last) = (period, period);
        while (first > 0 && _periods[first - 1].Vehicle == _periods[period].Vehicle) first--;
        while (last + 1 < _periods.Length && _periods[last + 1].Vehicle == _periods[period].Vehicle) last++;
        return last - first + 1;
    }

    private int PartOfPeriod(int period) => _partOf[_pieces.Length + period];

    private double Bias(int i) => _offset[_periodOf[i]] + _slope[_periodOf[i]] * _felt[i].Sums.LogSpeed;

    private double Left(int i) => _log[i] - _roughness[_pieceOf[i]] - Bias(i);

    private static double Set(ref double place, double value)
    {
        var change = Math.Abs(place - value);
        place = value;
        return change;
    }

    private static Dictionary<T, int> Index<T>(T[] keys)
        where T : notnull => keys.Select((k, i) => (k, i)).ToDictionary(p => p.k, p => p.i);
}
