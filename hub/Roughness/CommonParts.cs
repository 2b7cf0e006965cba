namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>
/// The two numbers that shared streets cannot tell of a connected part: by what all roughness is to be multiplied (its scale), and what is to be added
/// to all squares of it (its floor). Sweeps alone would take thousands of rounds to move all vehicles and pieces together: that step is made at once.
/// </summary>
internal static class CommonParts
{
    private const double SmoothShare = 0.05;
    private const double LongestStep = 0.5;

    // Of a vehicle's own shaking, what the road may be given in one step.
    private const double MostOfHum = 0.9;

    /// <summary>Moves the scale and then the floor of every part to where priors and profiled pieces want them.</summary>
    public static void Settle(CalibrationModel model)
    {
        Scale(model);
        Floor(model);
    }

    /// <summary>What is known of the scale and floor of every part.</summary>
    /// <param name="model">As far as it has come.</param>
    /// <param name="felt">Variance of what vehicles say of a profiled piece, where that counts.</param>
    public static IEnumerable<Knowledge> Known(CalibrationModel model, Func<int, double>? felt = null)
    {
        var vehicles = new double[model.Parts];
        // A vehicle counts once, however many months it is seen in.
        for (var u = 0; u < model.Periods.Length; u++) vehicles[model.PartOfPeriod(u)] += 1.0 / model.Months(u);
        for (var u = 0; u < model.Periods.Length; u++)
        {
            var (part, share) = (model.PartOfPeriod(u), 1 / (model.Months(u) * vehicles[model.PartOfPeriod(u)]));
            var variance = 4 * Math.Pow(model.Options.VehicleSpread, 2) / vehicles[part] + Priors.ResponseSpread * Priors.ResponseSpread;
            var vehicle = model.Vehicles[u];
            yield return new Knowledge(part, Math.Log(vehicle.Response) - Priors.Response, -1, 0, share / variance);
            yield return new Knowledge(
                part, vehicle.Hum - Priors.HumByTold * model.Told[u], 0, -vehicle.Response, 1 / (Math.Pow(Priors.HumSpread(model.Told[u], vehicle.Hum), 2) * model.Months(u)));
        }

        var pieces = new int[model.Parts];
        for (var p = 0; p < model.Pieces.Length; p++) pieces[model.PartOf[p]]++;
        var smooth = Smoothest(model);
        for (var part = 0; part < model.Parts; part++)
            yield return new Knowledge(part, smooth[part] - Priors.Smoothest, 1, Math.Exp(-smooth[part]), 1 / Priors.SmoothestVariance(pieces[part]));
        for (var p = 0; p < model.Pieces.Length; p++)
        {
            if (model.Profiled[p] is not { } iri) continue;
            var variance = Priors.ProfilerSpread * Priors.ProfilerSpread + (felt?.Invoke(p) ?? 0);
            yield return new Knowledge(model.PartOf[p], model.Roughness[p] - iri, 1, Math.Exp(-model.Roughness[p]), 1 / variance);
        }
    }

    private static void Scale(CalibrationModel model)
    {
        var (push, hold) = (new double[model.Parts], new double[model.Parts]);
        foreach (var known in Known(model))
        {
            push[known.Part] -= known.Weight * known.Off * known.ByScale;
            hold[known.Part] += known.Weight * known.ByScale * known.ByScale;
        }

        for (var part = 0; part < model.Parts; part++) push[part] = Math.Clamp(push[part] / hold[part], -LongestStep, LongestStep);
        for (var p = 0; p < model.Pieces.Length; p++) model.Roughness[p] += push[model.PartOf[p]];
        for (var u = 0; u < model.Periods.Length; u++)
        {
            var by = Math.Exp(-push[model.PartOfPeriod(u)]);
            model.Vehicles[u] = model.Vehicles[u] with { Response = model.Vehicles[u].Response * by, Slope = model.Vehicles[u].Slope * by };
        }
    }

    private static void Floor(CalibrationModel model)
    {
        var (push, hold, smooth) = (new double[model.Parts], new double[model.Parts], Smoothest(model));
        foreach (var known in Known(model))
        {
            push[known.Part] -= known.Weight * known.Off * known.ByFloor;
            hold[known.Part] += known.Weight * known.ByFloor * known.ByFloor;
        }

        for (var part = 0; part < model.Parts; part++)
        {
            var most = LongestStep * Math.Exp(smooth[part]);
            push[part] = Math.Clamp(push[part] / hold[part], -most, most);
        }

        // Nobody's own shaking becomes less than none.
        for (var u = 0; u < model.Periods.Length; u++)
            push[model.PartOfPeriod(u)] = Math.Min(push[model.PartOfPeriod(u)], MostOfHum * model.Vehicles[u].Hum / model.Vehicles[u].Response);
        for (var p = 0; p < model.Pieces.Length; p++)
            model.Roughness[p] = Math.Log(Math.Max(Math.Exp(Priors.Least), Math.Exp(model.Roughness[p]) + push[model.PartOf[p]]));
        for (var u = 0; u < model.Periods.Length; u++)
        {
            var (vehicle, floor) = (model.Vehicles[u], push[model.PartOfPeriod(u)]);
            model.Vehicles[u] = vehicle with { Hum = Math.Max(0, vehicle.Hum - floor * vehicle.Response), HumSlope = vehicle.HumSlope - floor * vehicle.Slope };
        }
    }

    // Logarithm of the square of roughness that a twentieth of each part's pieces is below.
    private static double[] Smoothest(CalibrationModel model)
    {
        var all = new List<double>[model.Parts];
        for (var part = 0; part < model.Parts; part++) all[part] = [];
        for (var p = 0; p < model.Pieces.Length; p++) all[model.PartOf[p]].Add(model.Roughness[p]);
        return Array.ConvertAll(all, one =>
        {
            one.Sort();
            return one[(int)(SmoothShare * one.Count)];
        });
    }
}
