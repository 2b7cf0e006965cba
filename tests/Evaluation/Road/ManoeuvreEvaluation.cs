using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>
/// What must not be found: harsh braking, speeding up and turning, of a drive without marked potholes. The windows are those
/// that the vehicle's own cutter takes from the stream.
/// </summary>
internal static class ManoeuvreEvaluation
{
    // A window that reaches into a manoeuvre by its middle belongs to it.
    private const double HalfSeconds = RoadWindow.Seconds / 2;

    public static void Run(IReadOnlyList<ManoeuvreDrive> drives, IReadOnlyList<RoadWindow> real, Report report)
    {
        if (drives.Count == 0)
        {
            report.Missing("harsh manoeuvres: no driver_events/*_acelerometro_terra.csv");
            return;
        }

        var windows = drives.SelectMany(Cut).ToList();
        var during = windows.Where(w => w.During).Select(w => w.Window).ToList();
        var verdicts = during.Select(Verdict).ToList();
        report.Condition($"harsh manoeuvres: {drives.Sum(d => d.Manoeuvres.Count)}; the vehicle's cutter takes {windows.Count} windows of the drive and {during.Count} during them, "
            + $"taken for: {string.Join(", ", verdicts.GroupBy(v => v).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}"))}; "
            + $"speed is not recorded and taken as {new SensingOptions().ReferenceSpeedMps:0} m/s");
        report.Add(new Figure("shipped.manoeuvre.potholes", "shipped: harsh manoeuvres, windows taken for a pothole",
            verdicts.Count(v => v == ShockClass.Pothole), [.. Baselines()], Goal.Most(0)));

        // At the threshold that takes one in twenty windows of ordinary road for a pothole.
        IEnumerable<(string, double)> Baselines()
        {
            var road = real.Where(w => w.Clip.Label == RoadLabel.Regular).ToList();
            if (road.Count == 0) yield break;
            foreach (var (name, score) in RoadBaselines.All)
            {
                var threshold = road.Select(score).Order().ElementAt((int)((1 - ClipTable.FalsePositives) * road.Count));
                yield return (name, during.Count(w => score(w) > threshold));
            }
        }
    }

    private static ShockClass Verdict(RoadWindow window)
    {
        var chances = new double[ShockModel.Classes];
        ShockWeights.Model.Chances(ShockTraining.Features(window), chances);
        return (ShockClass)Array.IndexOf(chances, chances.Max());
    }

    private static IEnumerable<(RoadWindow Window, bool During)> Cut(ManoeuvreDrive drive)
    {
        var options = new SensingOptions();
        var clip = drive.Clip with { SpeedMps = options.ReferenceSpeedMps };
        var cutter = new ShockCutter(options);
        for (var i = 0; i < clip.Length; i++)
        {
            var time = DateTimeOffset.UnixEpoch.AddSeconds(i / clip.RateHz);
            var place = new Place(time, new GeoPoint(0, 0), clip.SpeedMps, null, 1, false);
            cutter.Take(new MotionReading(new AccelSample(time, clip.X[i], clip.Y[i], clip.Z[i]), place, time, time.ToUnixTimeMilliseconds()));
        }

        cutter.Break();
        while (cutter.TryTake(out var cut))
        {
            var from = (cut.Readings[0].Sample.Time - DateTimeOffset.UnixEpoch).TotalSeconds;
            var middle = from + HalfSeconds;
            yield return (new RoadWindow(clip, (int)Math.Round(from * clip.RateHz), cut.Z.Length), drive.Manoeuvres.Any(m => middle >= m.From - HalfSeconds && middle <= m.To + HalfSeconds));
        }
    }
}
