using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Evaluation.Scoring;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>Pothole against each other label, window by window: a score beside the baselines on the very same windows.</summary>
internal static class ClipTable
{
    public const double FalsePositives = 0.05;

    /// <summary>Logarithm of the model's chance of a pothole over that of one other class; null: over all others together.</summary>
    public static double[] LogOdds(ShockModel model, IReadOnlyList<RoadWindow> windows, ShockClass? over = null)
    {
        var chances = new double[ShockModel.Classes];
        return [.. windows.Select(w =>
        {
            model.Chances(ShockTraining.Features(w), chances);
            var chance = chances[(int)ShockClass.Pothole];
            return Math.Log(Math.Max(1e-12, chance) / Math.Max(1e-12, over is { } other ? chances[(int)other] : 1 - chance));
        })];
    }

    /// <param name="report">Receives the figures.</param>
    /// <param name="windows">All of them; potholes and the other label are used.</param>
    /// <param name="scores">One of each window.</param>
    /// <param name="other">What potholes are parted from.</param>
    /// <param name="named">Before each figure's words.</param>
    /// <param name="keyed">Before each figure's key.</param>
    /// <param name="auc">What the area under the curve should be.</param>
    /// <param name="withTpr">Whether the share found at 5 % false is stated too.</param>
    public static void Add(Report report, IReadOnlyList<RoadWindow> windows, IReadOnlyList<double> scores, RoadLabel other, string named, string keyed, Goal? auc, bool withTpr)
    {
        var what = $"{named}: pothole against {Words(other)}";
        var key = $"{keyed}.pothole_{Key(other)}";
        var ours = Score(i => scores[i]);
        var baselines = RoadBaselines.All.Select(b => (b.Name, Roc: Score(i => b.Score(windows[i])))).ToList();
        report.Add(new Figure($"{key}.auc", $"{what}, AUC", ours.Auc, [.. baselines.Select(b => (b.Name, b.Roc.Auc))], auc));
        if (!withTpr) return;
        report.Add(new Figure($"{key}.tpr_at_5pct_fpr", $"{what}, TPR at 5 % FPR", ours.TprAt(FalsePositives),
            [.. baselines.Select(b => (b.Name, b.Roc.TprAt(FalsePositives)))], auc is null ? null : Goal.Least(0.80)));
        report.Add(new Figure($"{key}.tpr_over_stdev_z", $"{what}, TPR over STDEV(Z)'s",
            ours.TprAt(FalsePositives) / baselines[0].Roc.TprAt(FalsePositives), [], auc is null ? null : Goal.Least(2.5)));

        Roc Score(Func<int, double> score)
        {
            var all = Enumerable.Range(0, windows.Count).ToList();
            return new Roc(all.Where(i => windows[i].Clip.Label == RoadLabel.Pothole).Select(score), all.Where(i => windows[i].Clip.Label == other).Select(score));
        }
    }

    public static string Words(RoadLabel label) => label switch
    {
        RoadLabel.Regular => "road",
        RoadLabel.MetalBump => "metal bump",
        RoadLabel.Rough => "rough road",
        _ => label.ToString().ToLowerInvariant(),
    };

    public static string Key(RoadLabel label) => label switch
    {
        RoadLabel.Regular => "road",
        RoadLabel.MetalBump => "metal",
        _ => label.ToString().ToLowerInvariant(),
    };
}
