namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>The unknowns of a calibration and one step towards them at a time; all arrays in the order of their keys.</summary>
internal sealed class CalibrationModel
{
    private const double SpreadPrior = 10, SpreadFloor = 0.3;
    private const double LongestStep = 0.5;
    private const double LeastResponse = 0.02;
    private const int DrawSweeps = 30;

    // Standard deviation over the middle of distances from zero.
    private const double UsualOfMiddle = 1.48;

    private readonly double[] _speed, _robust, _spread, _weight;
    private readonly int[] _months;

    /// <param name="felt">In order of piece, vehicle and month.</param>
    /// <param name="profiled">m/km by piece.</param>
    /// <param name="options">Priors.</param>
    public CalibrationModel(VehiclePiece[] felt, IReadOnlyDictionary<Piece, double> profiled, RoughnessOptions options)
    {
        (Felt, Options) = (felt, options);
        Pieces = [.. felt.Select(f => f.Piece).Distinct()];
        Periods = [.. felt.Select(f => (f.Vehicle, f.Month)).Distinct().OrderBy(p => p.Vehicle, StringComparer.Ordinal).ThenBy(p => p.Month)];
        var (pieceAt, periodAt) = (Index(Pieces), Index(Periods));
        (PieceOf, PeriodOf) = (Array.ConvertAll(felt, f => pieceAt[f.Piece]), Array.ConvertAll(felt, f => periodAt[(f.Vehicle, f.Month)]));
        (Power, _speed, _robust) = (Array.ConvertAll(felt, f => Calibration.Power(f.Sums)), Array.ConvertAll(felt, f => f.Sums.LogSpeed), Array.ConvertAll(felt, _ => 1.0));
        Profiled = Array.ConvertAll(Pieces, p => profiled.TryGetValue(p, out var known) && known > 0 ? 2 * Math.Log(known) : (double?)null);
        (PartOf, Parts) = ConnectedParts.Of(Pieces.Length, Periods.Length, PieceOf, PeriodOf);
        (_spread, _weight) = (Array.ConvertAll(Periods, _ => 1.0), new double[felt.Length]);
        _months = CountMonths();
        Told = SumTold();
        Normal = new FourUnknowns[Periods.Length];
        (Roughness, Middle, City) = (new double[Pieces.Length], new double[Parts], new double[Parts]);
        Vehicles = new VehicleResponse[Periods.Length];
        Begin();
        Distrust(Array.ConvertAll([.. Enumerable.Range(0, felt.Length)], i => Math.Abs(Left(i)) / Math.Sqrt(Variance(i))), 1);
        Weigh();
    }

    public RoughnessOptions Options { get; }

    public VehiclePiece[] Felt { get; }

    public Piece[] Pieces { get; }

    public (string Vehicle, int Month)[] Periods { get; }

    public int[] PieceOf { get; }

    public int[] PeriodOf { get; }

    /// <summary>Of each piece and then of each period.</summary>
    public int[] PartOf { get; }

    public int Parts { get; }

    /// <summary>What was felt, (m/km)².</summary>
    public double[] Power { get; }

    /// <summary>Logarithm of the square of roughness, by piece.</summary>
    public double[] Roughness { get; }

    /// <summary>Logarithm of the square of what a profiler measured.</summary>
    public double?[] Profiled { get; }

    public VehicleResponse[] Vehicles { get; }

    /// <summary>What each vehicle takes for its own shaking, on average, (m/km)².</summary>
    public double[] Told { get; }

    /// <summary>What the data and the priors say of each period's unknowns, given the pieces.</summary>
    public FourUnknowns[] Normal { get; }

    /// <summary>Mean and spread of the pieces of each part.</summary>
    public double[] Middle { get; }

    public double[] City { get; }

    public double Scatter { get; private set; } = 1;

    public double Speed(int i) => _speed[i];

    public int Months(int period) => _months[period];

    public int PartOfPeriod(int period) => PartOf[Pieces.Length + period];

    /// <summary>Variance of what was felt, given the piece and the vehicle, (m/km)⁴.</summary>
    public double Variance(int i)
    {
        var vehicle = Vehicles[PeriodOf[i]];
        var road = vehicle.Gain(_speed[i]) * Math.Exp(Roughness[PieceOf[i]]);
        var all = road + Math.Max(0, vehicle.Own(_speed[i]));
        return _spread[PeriodOf[i]] / _robust[i]
            * (Math.Pow(Priors.PieceSpread * road, 2) + Math.Pow(Priors.PassSpread * all, 2) / Felt[i].Passes + 1e-4);
    }

    /// <summary>Betters every unknown once, given the others.</summary>
    /// <returns>The largest change.</returns>
    public double Sweep()
    {
        SweepVehicles();
        var change = SweepPieces(drawn: false);
        CommonParts.Settle(this);
        return change;
    }

    /// <summary>
    /// Draws pieces of which little is known to the middle of their part, the vehicles given. Not while these are sought: all pieces together would then
    /// move what is common to all.
    /// </summary>
    public void Draw()
    {
        Spread();
        for (var sweep = 0; sweep < DrawSweeps; sweep++) SweepPieces(drawn: true);
    }

    /// <summary>Gives what does not fit less weight, vehicles that scatter too, and learns how much the model leaves.</summary>
    public void Reweigh(double huber)
    {
        var (squares, count, all) = (new double[Periods.Length], new double[Periods.Length], 0.0);
        var plain = new double[Felt.Length];
        for (var i = 0; i < Felt.Length; i++)
        {
            var left = Left(i) * Left(i) / Variance(i);
            // However far one is off, it counts as one that is at the bound.
            squares[PeriodOf[i]] += left * _robust[i] * _spread[PeriodOf[i]];
            count[PeriodOf[i]]++;
            all += left * _robust[i];
            plain[i] = Math.Sqrt(left / _robust[i]);
        }

        // Few or no shared pieces leave nothing to learn it from.
        Scatter = Math.Max(1, Math.Sqrt(all / Math.Max(1, Felt.Length - Pieces.Length - 4 * Periods.Length)));
        for (var u = 0; u < Periods.Length; u++) _spread[u] = Math.Max(SpreadFloor, (SpreadPrior + squares[u]) / (SpreadPrior + count[u]));
        Distrust(plain, huber);
        Weigh();
    }

    // By what is usual and not by the mean: one mad piece among many is thousands of times off.
    private void Distrust(double[] left, double huber)
    {
        if (left.Length == 0) return;
        var usual = Math.Max(1, UsualOfMiddle * left.Order().ElementAt(left.Length / 2));
        for (var i = 0; i < left.Length; i++) _robust[i] = Math.Min(1, huber * usual / Math.Max(1e-9, left[i]));
    }

    // Weights stay while unknowns are bettered: else both run after each other.
    private void Weigh()
    {
        for (var i = 0; i < Felt.Length; i++) _weight[i] = 1 / Variance(i);
    }

    private double Left(int i)
    {
        var vehicle = Vehicles[PeriodOf[i]];
        return Power[i] - vehicle.Gain(_speed[i]) * Math.Exp(Roughness[PieceOf[i]]) - vehicle.Own(_speed[i]);
    }

    // The smoothest that a vehicle felt is mostly itself; the rest is the road.
    private void Begin()
    {
        var least = new double[Periods.Length];
        Array.Fill(least, double.MaxValue);
        for (var i = 0; i < Felt.Length; i++) least[PeriodOf[i]] = Math.Min(least[PeriodOf[i]], Power[i]);
        var response = Math.Exp(Priors.Response);
        for (var u = 0; u < Periods.Length; u++)
            Vehicles[u] = new VehicleResponse(response, 0, Math.Max(0, 0.8 * (least[u] - response * Math.Exp(Priors.Smoothest))), 0);
        for (var (p, i) = (0, 0); p < Pieces.Length; p++)
        {
            List<double> felt = [];
            for (; i < Felt.Length && PieceOf[i] == p; i++) felt.Add(Math.Max(Math.Exp(Priors.Least), (Power[i] - Vehicles[PeriodOf[i]].Own(0)) / response));
            felt.Sort();
            Roughness[p] = Profiled[p] ?? Math.Log(felt[felt.Count / 2]);
        }
    }

    private double SweepPieces(bool drawn)
    {
        var (push, hold) = (new double[Pieces.Length], new double[Pieces.Length]);
        for (var p = 0; p < Pieces.Length; p++)
        {
            if (drawn) (push[p], hold[p]) = ((Middle[PartOf[p]] - Roughness[p]) / City[PartOf[p]], 1 / City[PartOf[p]]);
            if (Profiled[p] is not { } known) continue;
            var weight = 1 / (Priors.ProfilerSpread * Priors.ProfilerSpread);
            (push[p], hold[p]) = (push[p] + weight * (known - Roughness[p]), hold[p] + weight);
        }

        for (var i = 0; i < Felt.Length; i++)
        {
            var (w, by) = (_weight[i], Vehicles[PeriodOf[i]].Gain(_speed[i]) * Math.Exp(Roughness[PieceOf[i]]));
            push[PieceOf[i]] += w * by * Left(i);
            hold[PieceOf[i]] += w * by * by;
        }

        var change = 0.0;
        for (var p = 0; p < Pieces.Length; p++)
        {
            var next = Math.Max(Priors.Least, Roughness[p] + Math.Clamp(push[p] / hold[p], -LongestStep, LongestStep));
            change = Math.Max(change, Math.Abs(next - Roughness[p]));
            Roughness[p] = next;
        }

        return change;
    }

    private void SweepVehicles()
    {
        for (var u = 0; u < Periods.Length; u++) Normal[u] = Vehicles[u].Prior(Options, Told[u]);
        for (var i = 0; i < Felt.Length; i++) Normal[PeriodOf[i]].Add(_weight[i], Math.Exp(Roughness[PieceOf[i]]), _speed[i], Power[i]);
        for (var u = 0; u < Periods.Length; u++)
        {
            var (response, slope, own, ownSlope) = Normal[u].Solve();
            // No vehicle damps itself by shaking, and none answers a rougher road with less.
            if (own < 0) (response, slope, own, ownSlope) = Normal[u].SolveWithoutOwn();
            response = Math.Max(LeastResponse, response);
            Vehicles[u] = new VehicleResponse(response, Math.Clamp(slope, -1.2 * response, 1.2 * response), Math.Max(0, own), Math.Clamp(ownSlope, -1.2 * own, 2 * own));
        }
    }

    private void Spread()
    {
        var count = new int[Parts];
        Array.Clear(Middle);
        Array.Clear(City);
        for (var p = 0; p < Pieces.Length; p++)
        {
            Middle[PartOf[p]] += Roughness[p];
            count[PartOf[p]]++;
        }

        for (var part = 0; part < Parts; part++) Middle[part] /= Math.Max(1, count[part]);
        for (var p = 0; p < Pieces.Length; p++) City[PartOf[p]] += Math.Pow(Roughness[p] - Middle[PartOf[p]], 2) / count[PartOf[p]];
        for (var part = 0; part < Parts; part++) City[part] = Math.Max(Priors.CitySpread * Priors.CitySpread, City[part]);
    }

    private double[] SumTold()
    {
        var (told, count) = (new double[Periods.Length], new int[Periods.Length]);
        for (var i = 0; i < Felt.Length; i++)
        {
            told[PeriodOf[i]] += Math.Max(0, Felt[i].Sums.Hum);
            count[PeriodOf[i]]++;
        }

        for (var u = 0; u < told.Length; u++) told[u] /= Math.Max(1, count[u]);
        return told;
    }

    private int[] CountMonths()
    {
        var months = Periods.GroupBy(p => p.Vehicle, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return Array.ConvertAll(Periods, p => months[p.Vehicle]);
    }

    private static Dictionary<T, int> Index<T>(T[] keys)
        where T : notnull => keys.Select((k, i) => (k, i)).ToDictionary(p => p.k, p => p.i);
}
