using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Hub.Roughness;

namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>
/// How near estimated roughness comes to the International Roughness Index per 100 m and direction, on vehicles that nothing was
/// fitted on and that calibrate each other by the streets that they share.
/// </summary>
internal sealed class RoughnessEvaluation(int streets = 16) : IEvaluation
{
    // Middles of ISO 8608's classes, and half a class either way.
    private const double Smoothest = 8e-6, RoughestOfCity = 128e-6, Roughest = 8192e-6;
    private const double GoalRmse = 0.20, GoalR2 = 0.90, GoalWithin = 0.95;

    public string Name => "roughness";

    public string Purpose => "estimated roughness per 100 m and direction, calibrated by shared streets";

    public void Run(EvaluationContext context, Report report)
    {
        report.Condition($"{streets} streets of 400 to 800 m with a lane each way; truth: golden quarter-car at 80 km/h on the true profile, mean of both wheel paths");
        report.Condition("5 vehicles at 5 to 15 m/s, 2 passes over 70 % of the lanes each, through the vehicle's own pipeline and the hub's own calibration");
        report.Condition("baseline: ln(rms) and ln(speed) fitted with the true index of other streets on 5 other vehicles, mean over all passes");
        report.Condition("'fleet': no profiler; the scale is what was known beforehand of a fleet's vehicles. 'profiler': the lanes of one street are measured, and not scored");
        Score(context.Seed, "ab", "classes A and B", RoughestOfCity, report);
        Score(context.Seed, "ae", "classes A to E", Roughest, report);
    }

    private void Score(int seed, string key, string what, double roughest, Report report)
    {
        var options = new RoughnessOptions();
        var known = new RoughStreets(streets, Smoothest, roughest, new Random(seed * 7 + 1));
        var knownPieces = new PieceMap(known.Map, options);
        var baseline = PlainRegression.Fit([.. RoughFleet.Drive(known, knownPieces, ParameterSet.Training, seed * 7 + 2).Plain
            .Select(p => (p.LogRms, p.LogSpeed, Math.Log(known.Index(p.Piece, knownPieces))))]);

        var unseen = new RoughStreets(streets, Smoothest, roughest, new Random(seed * 7 + 3));
        var pieces = new PieceMap(unseen.Map, options);
        var fleet = RoughFleet.Drive(unseen, pieces, ParameterSet.Scoring, seed * 7 + 4);
        var measured = $"s{streets / 2}";
        var truth = fleet.Felt.Select(f => f.Piece).Distinct().ToDictionary(p => p, p => unseen.Index(p, pieces));
        var profiled = truth.Where(t => t.Key.Segment == measured).ToDictionary();
        var byFleet = ScoreOf(Calibration.Fit(fleet.Felt, new Dictionary<Piece, double>(), options));
        var byProfiler = ScoreOf(Calibration.Fit(fleet.Felt, profiled, options));
        var plain = RoughnessScore.Of([.. fleet.Plain.Where(p => p.Piece.Segment != measured && truth.ContainsKey(p.Piece)).GroupBy(p => p.Piece)
            .Select(g => (Math.Exp(g.Average(p => baseline.LogIndex(p.LogRms, p.LogSpeed))), truth[g.Key], (double?)null))]);

        var indexes = truth.Values.Order().ToArray();
        report.Condition($"{what}: {byFleet.Count} pieces scored, true index {indexes[indexes.Length / 20]:0.0} to {indexes[^(indexes.Length / 20 + 1)]:0.0} m/km (5 % to 95 %)");
        (string, double)[] Beside(double value) => [("log_rms_speed", value)];
        Add("fleet", "fleet's scale", byFleet);
        Add("profiler", "one street profiled", byProfiler);

        void Add(string scale, string called, RoughnessScore ours)
        {
            report.Add(new Figure($"{key}_{scale}_rmse_m_per_km", $"{what}, {called}: RMSE, m/km", ours.Rmse, Beside(plain.Rmse), Goal.Most(GoalRmse)));
            report.Add(new Figure($"{key}_{scale}_r2", $"{what}, {called}: R²", ours.R2, Beside(plain.R2), Goal.Least(GoalR2)));
            report.Add(new Figure($"{key}_{scale}_relative", $"{what}, {called}: relative error", ours.Relative, Beside(plain.Relative), null));
            report.Add(new Figure($"{key}_{scale}_rank", $"{what}, {called}: rank correlation", ours.Rank, Beside(plain.Rank), null));
            report.Add(new Figure($"{key}_{scale}_within_2se", $"{what}, {called}: share within 2 standard errors", ours.Within, [], Goal.Least(GoalWithin)));
            report.Add(new Figure($"{key}_{scale}_se", $"{what}, {called}: mean standard error, share of the estimate", ours.ErrorShare, [], null));
        }

        RoughnessScore ScoreOf(CalibrationResult result) => RoughnessScore.Of(
            [.. result.Pieces.Where(p => p.Piece.Segment != measured).Select(p => (p.MPerKm, truth[p.Piece], (double?)p.ErrorMPerKm))]);
    }
}
