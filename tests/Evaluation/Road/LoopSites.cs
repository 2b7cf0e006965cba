using ThreeOneOne.Field.Evaluation.Data;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>
/// Holes that a person marked in two drives of one loop: is each one site in the end? Detections near each other are joined, in
/// whichever drive they are. Which marks are of one hole is taken from their places, each the other's nearest.
/// </summary>
internal static class LoopSites
{
    // A receiver's error in both drives, and a person's tenths of a second at the button, metres.
    private const double OneHoleM = 25;
    private const double OneSiteM = 20;

    private const double MetresPerDegree = 111_320;

    public static void Add(
        Report report, IReadOnlyList<(LoopDrive Drive, List<double> Times)> ours, IReadOnlyList<(LoopDrive Drive, List<double> Times)> plain)
    {
        var holes = Holes(ours[0].Drive, ours[1].Drive);
        var (found, one) = Count(holes, ours);
        var (plainFound, plainOne) = Count(holes, plain);
        report.Condition($"{holes.Count} holes were marked in both drives (within {OneHoleM:0} m); detected in both: {found} refitted, {plainFound} by the threshold");
        if (found == 0) return;
        report.Add(new Figure("refitted.loop.one_site_share", "refitted: holes detected in both drives that are one site each", (double)one / found,
            plainFound == 0 ? [] : [("threshold", (double)plainOne / plainFound)], Goal.Least(1)));
    }

    private static List<(double X, double Y)> Holes(LoopDrive first, LoopDrive second)
    {
        var (a, b) = (first.Potholes.Select(t => At(first, t)).ToList(), second.Potholes.Select(t => At(second, t)).ToList());
        return [.. a.Where(p => Nearest(b, p) is { } q && Far(p, q) <= OneHoleM && Nearest(a, q) == p).Select(p => Middle(p, Nearest(b, p)!.Value))];
    }

    // Of the holes: detected near by in both drives, and of these with both drives' detections in one site and no second site.
    private static (int Found, int One) Count(List<(double X, double Y)> holes, IReadOnlyList<(LoopDrive Drive, List<double> Times)> drives)
    {
        var sites = Sites(drives);
        var (found, one) = (0, 0);
        foreach (var hole in holes)
        {
            var near = sites.Where(s => Far(s.At, hole) <= OneHoleM).ToList();
            if (near.SelectMany(s => s.Drives).Distinct().Count() < 2) continue;
            found++;
            if (near.Any(s => s.Drives.Count == 2) && near.Count(s => holes.MinBy(h => Far(h, s.At)) == hole) <= 1) one++;
        }

        return (found, one);
    }

    private static List<((double X, double Y) At, HashSet<int> Drives)> Sites(IReadOnlyList<(LoopDrive Drive, List<double> Times)> drives)
    {
        List<(List<(double X, double Y)> Of, HashSet<int> Drives)> sites = [];
        for (var d = 0; d < drives.Count; d++)
        {
            foreach (var at in drives[d].Times.Select(t => At(drives[d].Drive, t)))
            {
                if (sites.Where(s => Far(Mean(s.Of), at) <= OneSiteM).OrderBy(s => Far(Mean(s.Of), at)).FirstOrDefault() is { Of: { } of } site)
                {
                    of.Add(at);
                    site.Drives.Add(d);
                }
                else
                {
                    sites.Add(([at], [d]));
                }
            }
        }

        return [.. sites.Select(s => (Mean(s.Of), s.Drives))];
    }

    private static (double X, double Y) At(LoopDrive drive, double time)
    {
        var sample = drive.Samples.MinBy(s => Math.Abs(s.Time - time));
        return (sample.Longitude * MetresPerDegree * Math.Cos(sample.Latitude * Math.PI / 180), sample.Latitude * MetresPerDegree);
    }

    private static (double X, double Y)? Nearest(List<(double X, double Y)> of, (double X, double Y) to) => of.Count == 0 ? null : of.MinBy(p => Far(p, to));

    private static (double X, double Y) Middle((double X, double Y) a, (double X, double Y) b) => ((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private static (double X, double Y) Mean(List<(double X, double Y)> of) => (of.Average(p => p.X), of.Average(p => p.Y));

    private static double Far((double X, double Y) a, (double X, double Y) b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
