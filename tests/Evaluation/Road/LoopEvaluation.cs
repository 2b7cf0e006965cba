using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Evaluation.Learning;
using ThreeOneOne.Field.Evaluation.Scoring;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>
/// Two drives of one loop at 5 Hz, which the vehicle itself does not assess: what can be had from so little, fitted on one
/// drive and scored on the other, beside a plain threshold that was chosen in the same way.
/// </summary>
internal static class LoopEvaluation
{
    private const double ToleranceSeconds = 1;

    // Ones with a person's mark within it are learned as potholes.
    private const double WindowSeconds = 1;
    private const double Ridge = 5;

    public static void Run(IReadOnlyList<LoopDrive> drives, Report report)
    {
        if (drives.Count < 2)
        {
            report.Missing("two drives of one loop: fewer than two pittsburgh/*_sensors.csv");
            return;
        }

        report.Condition($"{drives.Count} drives of a loop at 5 Hz, {drives.Sum(d => d.Potholes.Count)} marks; each drive scored by what was fitted on the other, "
            + $"threshold of the best F1 there, ±{ToleranceSeconds:0} s");
        var ours = Scored(drives, (training, drive) =>
        {
            var rows = training.SelectMany(d => Rows(d).Select((row, i) => (Row: row, Label: Near(d, d.Samples[i].Time)))).ToList();
            var score = new LinearTrainer(Ridge).Train([.. rows.Select(r => r.Row)], [.. rows.Select(r => r.Label)], [.. rows.Select(r => 1.0)]);
            return [.. Rows(drive).Select(r => score.LogOdds(r))];
        });
        var plain = Scored(drives, (_, drive) => [.. drive.Samples.Select(s => Math.Abs(Math.Sqrt(Square(s.AccelG)) - 1))]);
        report.Add(new Figure("refitted.loop.precision", "refitted: loop drives at 5 Hz, precision", ours.All.Precision, [("threshold", plain.All.Precision)], null));
        report.Add(new Figure("refitted.loop.recall", "refitted: loop drives at 5 Hz, recall", ours.All.Recall, [("threshold", plain.All.Recall)], null));
        report.Add(new Figure("refitted.loop.f1", "refitted: loop drives at 5 Hz, F1", ours.All.F1, [("threshold", plain.All.F1)], Goal.Least(plain.All.F1)));
        LoopSites.Add(report, ours.Each, plain.Each);
    }

    private static (Detection All, List<(LoopDrive Drive, List<double> Times)> Each) Scored(IReadOnlyList<LoopDrive> drives, Func<IReadOnlyList<LoopDrive>, LoopDrive, IReadOnlyList<double>> score)
    {
        var sum = new Detection(0, 0, 0, 0);
        List<(LoopDrive, List<double>)> each = [];
        foreach (var drive in drives)
        {
            var training = drives.Where(d => d != drive).ToList();
            var known = training.Select(d => (Drive: d, Scores: score(training, d))).ToList();
            var threshold = known.SelectMany(k => k.Scores).Distinct()
                .MaxBy(t => known.Select(k => Compare(k.Drive, k.Scores, t)).Aggregate((a, b) => a + b).F1);
            var times = Detect(drive, score(training, drive), threshold);
            sum += Detection.Compare(times, drive.Potholes, ToleranceSeconds);
            each.Add((drive, times));
        }

        return (sum, each);
    }

    private static Detection Compare(LoopDrive drive, IReadOnlyList<double> scores, double threshold) =>
        Detection.Compare(Detect(drive, scores, threshold), drive.Potholes, ToleranceSeconds);

    private static List<double> Detect(LoopDrive drive, IReadOnlyList<double> scores, double threshold)
    {
        // Samples above the threshold less than a second apart are one detection, at the highest.
        List<double> detections = [];
        var best = -1;
        for (var i = 0; i < scores.Count; i++)
        {
            if (scores[i] < threshold) continue;
            if (best >= 0 && drive.Samples[i].Time - drive.Samples[best].Time > 1)
            {
                detections.Add(drive.Samples[best].Time);
                best = i;
            }
            else if (best < 0 || scores[i] > scores[best])
            {
                best = i;
            }
        }

        if (best >= 0) detections.Add(drive.Samples[best].Time);
        return detections;
    }

    private static bool Near(LoopDrive drive, double time) => drive.Potholes.Any(p => Math.Abs(p - time) <= WindowSeconds / 2);

    // About each sample: how far each axis and rate of turn ranges in a second, beside what it ranges in the ten about it.
    private static IEnumerable<float[]> Rows(LoopDrive drive)
    {
        Func<LoopSample, double>[] signals =
        [
            s => s.AccelG.Y, s => s.AccelG.X, s => s.AccelG.Z, s => Math.Sqrt(Square(s.AccelG)),
            s => s.GyroRadps.X, s => s.GyroRadps.Y, s => s.GyroRadps.Z,
        ];
        var rates = drive.Samples.Count < 2 ? 1 : (drive.Samples.Count - 1) / (drive.Samples[^1].Time - drive.Samples[0].Time);
        var near = Math.Max(1, (int)Math.Round(WindowSeconds / 2 * rates));
        var wide = 10 * near;
        for (var i = 0; i < drive.Samples.Count; i++)
        {
            var row = new float[2 * signals.Length + 1];
            for (var k = 0; k < signals.Length; k++)
            {
                var here = Range(signals[k], i, near);
                row[2 * k] = (float)Math.Log(Math.Max(1e-3, here));
                row[2 * k + 1] = row[2 * k] - (float)Math.Log(Math.Max(1e-3, Spread(signals[k], i, wide)));
            }

            row[^1] = (float)drive.Samples[i].SpeedMps;
            yield return row;
        }

        double Range(Func<LoopSample, double> of, int at, int reach)
        {
            double most = double.MinValue, least = double.MaxValue;
            for (var j = Math.Max(0, at - reach); j <= Math.Min(drive.Samples.Count - 1, at + reach); j++)
                (most, least) = (Math.Max(most, of(drive.Samples[j])), Math.Min(least, of(drive.Samples[j])));
            return most - least;
        }

        double Spread(Func<LoopSample, double> of, int at, int reach)
        {
            double sum = 0, squares = 0;
            var n = 0;
            for (var j = Math.Max(0, at - reach); j <= Math.Min(drive.Samples.Count - 1, at + reach); j++, n++)
            {
                var v = of(drive.Samples[j]);
                sum += v;
                squares += v * v;
            }

            return Math.Sqrt(Math.Max(0, squares / n - sum / n * (sum / n)));
        }
    }

    private static double Square((double X, double Y, double Z) v) => v.X * v.X + v.Y * v.Y + v.Z * v.Z;
}
