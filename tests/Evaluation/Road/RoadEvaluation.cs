using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Evaluation.Learning;
using ThreeOneOne.Field.Evaluation.Scoring;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>One pass over one place: is it a pothole? Real recordings, one vehicle left out at a time, windows of fixed length.</summary>
internal sealed class RoadEvaluation : IEvaluation
{
    private const double FalsePositives = 0.05;

    // Between 2 and 10 the figures move by a hundredth; not searched.
    private const double Ridge = 5;

    public string Name => "road";

    public string Purpose => "one pass: pothole, hump or road, on real recordings";

    public void Run(EvaluationContext context, Report report)
    {
        Clips(context, report);
        LoopEvaluation.Run(LoopDrive.Read(context), report);
    }

    private static void Clips(EvaluationContext context, Report report)
    {
        var clips = RoadshockClips.Read(context);
        if (clips.Count == 0)
        {
            report.Missing($"real recordings: no roadshock/**/*.json below {context.Data}");
            return;
        }

        var windows = clips.SelectMany(RoadWindow.Cut).ToList();
        report.Condition($"{clips.Count} different clips of {clips.Select(c => c.Vehicle).Distinct().Count()} vehicles; windows of {RoadWindow.Seconds} s: "
            + string.Join(", ", windows.GroupBy(w => w.Clip.Label).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}")));
        Compare(RoadLabel.Regular, "pothole against road", "pothole_road", Goal.Least(0.95), withTpr: true);
        Compare(RoadLabel.Hump, "pothole against hump", "pothole_hump", Goal.Least(0.85), withTpr: false);
        Compare(RoadLabel.MetalBump, "pothole against metal bump", "pothole_metal", null, withTpr: false);

        void Compare(RoadLabel other, string what, string key, Goal? auc, bool withTpr)
        {
            var used = windows.Where(w => w.Clip.Label == RoadLabel.Pothole || w.Clip.Label == other).ToList();
            Figures(used, [.. used.Select(Shipped)], $"shipped: {what}", $"shipped.{key}");
            Figures(used, LeftOut(used), $"refitted: {what}", $"refitted.{key}");

            void Figures(List<RoadWindow> of, double[] scores, string named, string keyed)
            {
                var ours = Score(of, i => scores[i]);
                var baselines = RoadBaselines.All.Select(b => (b.Name, Roc: Score(of, i => b.Score(of[i])))).ToList();
                report.Add(new Figure($"{keyed}.auc", $"{named}, AUC", ours.Auc, [.. baselines.Select(b => (b.Name, b.Roc.Auc))], auc));
                if (!withTpr) return;
                report.Add(new Figure($"{keyed}.tpr_at_5pct_fpr", $"{named}, TPR at 5 % FPR", ours.TprAt(FalsePositives),
                    [.. baselines.Select(b => (b.Name, b.Roc.TprAt(FalsePositives)))], Goal.Least(0.80)));
                report.Add(new Figure($"{keyed}.tpr_over_stdev_z", $"{named}, TPR over STDEV(Z)'s",
                    ours.TprAt(FalsePositives) / baselines[0].Roc.TprAt(FalsePositives), [], Goal.Least(2.5)));
            }
        }
    }

    private static Roc Score(List<RoadWindow> windows, Func<int, double> score)
    {
        var all = Enumerable.Range(0, windows.Count).ToList();
        return new Roc(all.Where(i => windows[i].Clip.Label == RoadLabel.Pothole).Select(score), all.Where(i => windows[i].Clip.Label != RoadLabel.Pothole).Select(score));
    }

    // Each window is scored by weights that never saw its vehicle.
    private static double[] LeftOut(List<RoadWindow> windows)
    {
        var rows = windows.Select(Features).ToList();
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

    // What the vehicle's own rule says of the window; nothing for what stays below its threshold.
    private static double Shipped(RoadWindow window)
    {
        var options = new SensingOptions();
        var speed = double.IsNaN(window.Clip.SpeedMps) ? options.ReferenceSpeedMps : window.Clip.SpeedMps;
        var mean = window.Z.ToArray().Average();
        var shock = new ShockWindow([.. window.Z.ToArray().Select(z => z - mean)], window.Clip.RateHz, speed);
        if (speed < options.MinRoadSpeedMps || shock.Peak < options.MinShockMps2) return 0;
        var (kind, confidence) = ShockRule.Judge(shock);
        return kind == ShockKind.Pothole ? confidence : 0;
    }

    private static float[] Features(RoadWindow window)
    {
        var row = new float[ShockFeatures.Names.Count];
        ShockFeatures.Write(window.X, window.Y, window.Z, window.Clip.SpeedMps, row);
        return row;
    }
}
