using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Evaluation.Learning;
using ThreeOneOne.Field.Evaluation.Road.Simulated;
using ThreeOneOne.Field.Fleet.Bodies;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>
/// One pass over one place: is it a pothole? The shipped weights, which only ever saw simulated vehicles, beside ones refitted
/// on the recordings with one vehicle left out at a time; on real recordings, and on simulated vehicles of other ranges than
/// those that were trained on. Windows of fixed length.
/// </summary>
/// <param name="vehicles">Simulated vehicles that are scored.</param>
internal sealed class RoadEvaluation(int vehicles = 120) : IEvaluation
{
    // Of what is refitted. Between 2 and 10 the figures move by a hundredth; not searched.
    private const double Ridge = 5;

    private static readonly RoadLabel[] Recorded = [RoadLabel.Regular, RoadLabel.Hump, RoadLabel.MetalBump];

    public string Name => "road";

    public string Purpose => "one pass: pothole, hump or road, on real recordings and simulated vehicles";

    public void Run(EvaluationContext context, Report report)
    {
        var real = Real(context, report);
        var simulated = Simulated(context, report);
        if (real.Count > 0) Calibration.Add(report, real, simulated);
        LoopEvaluation.Run(LoopDrive.Read(context), report);
        ManoeuvreEvaluation.Run(ManoeuvreDrive.Read(context), real, report);
    }

    private static List<RoadWindow> Real(EvaluationContext context, Report report)
    {
        var clips = RoadshockClips.Read(context);
        var windows = clips.SelectMany(RoadWindow.Cut).ToList();
        if (clips.Count == 0)
        {
            report.Missing($"real recordings: no roadshock/**/*.json below {context.Data}");
            return windows;
        }

        report.Condition($"real: {clips.Count} different clips of {clips.Select(c => c.Vehicle).Distinct().Count()} vehicles; windows of {RoadWindow.Seconds} s: {Counts(windows)}");
        report.Condition("shipped: weights from simulation alone; refitted: on these recordings, each vehicle scored by weights that never saw it");
        report.Condition("either scores by the two classes that are compared; 'against all' by the shipped chance of a pothole over all else together, as one verdict has it");
        var all = ClipTable.LogOdds(ShockWeights.Model, windows);
        foreach (var other in Recorded)
        {
            var goal = other switch { RoadLabel.Regular => Goal.Least(0.95), RoadLabel.Hump => Goal.Least(0.85), _ => null };
            var two = ClipTable.LogOdds(ShockWeights.Model, windows, ShockTraining.ClassOf(other));
            ClipTable.Add(report, windows, two, other, "shipped", "shipped", goal, other == RoadLabel.Regular);
            ClipTable.Add(report, windows, all, other, "shipped, against all", "shipped_all", null, other == RoadLabel.Regular);
            var used = windows.Where(w => w.Clip.Label == RoadLabel.Pothole || w.Clip.Label == other).ToList();
            ClipTable.Add(report, used, LeftOut(used), other, "refitted", "refitted", goal, other == RoadLabel.Regular);
        }

        return windows;
    }

    private List<RoadWindow> Simulated(EvaluationContext context, Report report)
    {
        var windows = SimulatedClips.Make(ParameterSet.Scoring, context.Seed, vehicles, rounds: 2).SelectMany(RoadWindow.Cut).ToList();
        report.Condition($"simulated: {vehicles} vehicles, roads and speeds from stripes of their ranges that training does not draw from; windows: {Counts(windows)}");
        foreach (var other in Enum.GetValues<RoadLabel>().Where(l => l != RoadLabel.Pothole))
        {
            var scores = ClipTable.LogOdds(ShockWeights.Model, windows, ShockTraining.ClassOf(other));
            ClipTable.Add(report, windows, scores, other, "simulated", "simulated", null, other == RoadLabel.Regular);
        }

        return windows;
    }

    private static string Counts(List<RoadWindow> windows) =>
        string.Join(", ", windows.GroupBy(w => w.Clip.Label).OrderBy(g => g.Key).Select(g => $"{ClipTable.Words(g.Key)} {g.Count()}"));

    // Each window is scored by weights that never saw its vehicle.
    private static double[] LeftOut(List<RoadWindow> windows)
    {
        var rows = windows.Select(ShockTraining.Features).ToList();
        var scores = new double[windows.Count];
        foreach (var vehicle in windows.Select(w => w.Clip.Vehicle).Distinct())
        {
            var training = Enumerable.Range(0, windows.Count).Where(i => windows[i].Clip.Vehicle != vehicle).ToList();
            var fitted = new LinearTrainer(Ridge).Train(
                [.. training.Select(i => rows[i])], [.. training.Select(i => windows[i].Clip.Label == RoadLabel.Pothole)], [.. training.Select(_ => 1.0)]);
            for (var i = 0; i < windows.Count; i++)
            {
                if (windows[i].Clip.Vehicle == vehicle) scores[i] = fitted.LogOdds(rows[i]);
            }
        }

        return scores;
    }
}
