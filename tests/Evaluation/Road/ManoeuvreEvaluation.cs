using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Data;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>What must not be found: windows during harsh braking, speeding up and turning, of a drive without marked potholes.</summary>
internal static class ManoeuvreEvaluation
{
    public static void Run(IReadOnlyList<ManoeuvreDrive> drives, IReadOnlyList<RoadWindow> real, Report report)
    {
        if (drives.Count == 0)
        {
            report.Missing("harsh manoeuvres: no driver_events/*_acelerometro_terra.csv");
            return;
        }

        var windows = drives.SelectMany(During).ToList();
        var taken = new int[ShockModel.Classes];
        var chances = new double[ShockModel.Classes];
        foreach (var window in windows)
        {
            ShockWeights.Model.Chances(ShockTraining.Features(window), chances);
            taken[Array.IndexOf(chances, chances.Max())]++;
        }

        report.Condition($"harsh manoeuvres: {drives.Sum(d => d.Manoeuvres.Count)}, {windows.Count} windows, speed not known; taken for: "
            + string.Join(", ", Enum.GetValues<ShockClass>().Select(c => $"{c} {taken[(int)c]}")));
        report.Add(new Figure("shipped.manoeuvre.pothole_share", "shipped: windows of harsh manoeuvres taken for a pothole",
            (double)taken[(int)ShockClass.Pothole] / windows.Count, [.. Baselines()], Goal.Most(0)));

        // At the threshold that takes one in twenty windows of ordinary road for a pothole.
        IEnumerable<(string, double)> Baselines()
        {
            var road = real.Where(w => w.Clip.Label == RoadLabel.Regular).ToList();
            if (road.Count == 0) yield break;
            foreach (var (name, score) in RoadBaselines.All)
            {
                var threshold = road.Select(score).Order().ElementAt((int)((1 - ClipTable.FalsePositives) * road.Count));
                yield return (name, windows.Count(w => score(w) > threshold) / (double)windows.Count);
            }
        }
    }

    // Half overlapping, from end to end of each manoeuvre.
    private static IEnumerable<RoadWindow> During(ManoeuvreDrive drive)
    {
        var length = (int)Math.Round(RoadWindow.Seconds * drive.Clip.RateHz);
        foreach (var (from, to) in drive.Manoeuvres)
        {
            for (var at = (int)(from * drive.Clip.RateHz); at + length / 2 <= to * drive.Clip.RateHz && at + length <= drive.Clip.Length; at += length / 2)
                yield return new RoadWindow(drive.Clip, at, length);
        }
    }
}
