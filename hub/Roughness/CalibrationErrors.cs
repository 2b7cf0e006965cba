namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Standard errors of a calibration, and what it says with them.</summary>
internal static class CalibrationErrors
{
    // What the model does not know of itself: chosen so that 95 of 100 truths lie within two standard errors (seeds 1 and 2 of the simulated city).
    private const double Margin = 1.15;

    public static CalibrationResult Result(CalibrationModel model)
    {
        var starts = new int[model.Pieces.Length + 1];
        foreach (var p in model.PieceOf) starts[p + 1]++;
        for (var p = 0; p < model.Pieces.Length; p++) starts[p + 1] += starts[p];
        var common = Common(model, starts);
        var profiled = new bool[model.Parts];
        for (var p = 0; p < model.Pieces.Length; p++) profiled[model.PartOf[p]] |= model.Profiled[p] is not null;
        var shared = CountShared(model);
        var scales = new RoughnessScale[model.Periods.Length];
        for (var u = 0; u < model.Periods.Length; u++)
            scales[u] = shared[u] < model.Options.LeastShared ? RoughnessScale.None : profiled[model.PartOfPeriod(u)] ? RoughnessScale.Profiler : RoughnessScale.Fleet;
        var driven = new int[model.Periods.Length];
        foreach (var u in model.PeriodOf) driven[u]++;
        var squared = model.Scatter * model.Scatter;
        var vehicles = model.Periods.Select((p, u) => new VehicleCalibration(
            p.Vehicle, p.Month, Math.Log(model.Vehicles[u].Response) / 2, model.Vehicles[u].Slope / model.Vehicles[u].Response / 2,
            Math.Sqrt(squared * model.Normal[u].OfResponse) / model.Vehicles[u].Response / 2, driven[u], shared[u], scales[u])).ToList();
        var pieces = new List<PieceEstimate>(model.Pieces.Length);
        for (var (p, i) = (0, 0); p < model.Pieces.Length; p++)
        {
            var square = Math.Exp(model.Roughness[p]);
            var (passes, newest, from) = (0.0, 0, RoughnessScale.None);
            HashSet<string> names = [];
            for (; i < starts[p + 1]; i++)
            {
                passes += model.Felt[i].Passes;
                newest = Math.Max(newest, model.Felt[i].Sums.NewestDay);
                names.Add(model.Felt[i].Vehicle);
                if (scales[model.PeriodOf[i]] > from) from = scales[model.PeriodOf[i]];
            }

            var measured = model.Profiled[p] is null ? 0 : 1 / (Priors.ProfilerSpread * Priors.ProfilerSpread);
            var own = 1 / (Precision(model, p, starts[p], i) + measured + 1 / model.City[model.PartOf[p]]);
            var (scale, both, floor) = common[model.PartOf[p]];
            var all = own + scale + 2 * both / square + floor / (square * square) + Priors.PathSpread * Priors.PathSpread;
            var value = Math.Sqrt(square);
            pieces.Add(new PieceEstimate(model.Pieces[p], value, value * Margin * Math.Sqrt(all) / 2, passes, names.Count, newest, from));
        }

        return new CalibrationResult(pieces, vehicles, model.Scatter);
    }

    // Of the logarithm of the square, by what was felt on it.
    private static double Precision(CalibrationModel model, int piece, int from, int to)
    {
        var (square, precision) = (Math.Exp(model.Roughness[piece]), 0.0);
        for (var i = from; i < to; i++)
        {
            var by = model.Vehicles[model.PeriodOf[i]].Gain(model.Speed(i)) * square;
            var unsure = model.Normal[model.PeriodOf[i]].Variance(square, model.Speed(i));
            precision += by * by / (model.Scatter * model.Scatter * (model.Variance(i) + unsure));
        }

        return precision;
    }

    // Variances of scale and floor of each part, and what they have in common.
    private static (double Scale, double Both, double Floor)[] Common(CalibrationModel model, int[] starts)
    {
        var normal = new (double A, double B, double C)[model.Parts];
        foreach (var known in CommonParts.Known(model, p => 1 / Precision(model, p, starts[p], starts[p + 1]) + Priors.PathSpread * Priors.PathSpread))
        {
            var (a, b, c) = normal[known.Part];
            normal[known.Part] = (
                a + known.Weight * known.ByScale * known.ByScale, b + known.Weight * known.ByScale * known.ByFloor, c + known.Weight * known.ByFloor * known.ByFloor);
        }

        return Array.ConvertAll(normal, n =>
        {
            var determinant = n.A * n.C - n.B * n.B;
            return (n.C / determinant, -n.B / determinant, n.A / determinant);
        });
    }

    private static int[] CountShared(CalibrationModel model)
    {
        var shared = new int[model.Periods.Length];
        for (var (p, i) = (0, 0); p < model.Pieces.Length; p++)
        {
            var first = i;
            while (i < model.Felt.Length && model.PieceOf[i] == p) i++;
            // Ordered by vehicle: several when the ends differ.
            var several = i > first && (model.Felt[first].Vehicle != model.Felt[i - 1].Vehicle || model.Profiled[p] is not null);
            for (var k = first; several && k < i; k++) shared[model.PeriodOf[k]]++;
        }

        return shared;
    }
}
