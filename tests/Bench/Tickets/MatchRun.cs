using System.Diagnostics;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Tickets;

/// <summary>
/// To which place does an observation belong: the nearest within a vehicle's usual error, asked on one thread of the hub's index and
/// of a tree that a good library offers. Streets are as dense in a big city as in a small one.
/// </summary>
internal static class MatchRun
{
    private const double SpacingM = 30;
    private const double WithinM = 25;
    private const double ErrorM = 6;
    private static readonly GeoPoint Origin = new(42.36, -71.1);

    /// <returns>Questions a second of the index, and how many times as many as of the tree: medians of the pairs.</returns>
    public static (double PerSecond, double VsTree) Measure(int places, int questions, int pairs, int seed)
    {
        var random = new Random(seed);
        var all = Places(places, random);
        var index = new PlaceIndex<int>(all.Select((at, i) => (at, i)), Comparer<int>.Default);
        var tree = new STRtree<int>();
        for (var i = 0; i < all.Length; i++) tree.Insert(new Envelope(new Coordinate(all[i].Longitude, all[i].Latitude)), i);
        tree.Build();
        var asked = Enumerable.Range(0, questions).Select(_ => all[random.Next(all.Length)].MovedByM(Noise(random), Noise(random))).ToArray();
        var (rates, ratios) = (new List<double>(), new List<double>());
        // Once for nothing: the compiler's turn.
        Check(all, index, tree, asked.AsSpan(0, Math.Min(2_000, questions)));
        for (var pair = 0; pair < pairs; pair++)
        {
            var ours = Rate(asked, at => index.TryNearest(at, WithinM, out var found, out _) ? found : -1);
            var theirs = Rate(asked, at => Nearest(tree, all, at));
            rates.Add(ours);
            ratios.Add(ours / theirs);
        }

        return (Median(rates), Median(ratios));
    }

    private static double Rate(GeoPoint[] asked, Func<GeoPoint, int> ask)
    {
        GC.Collect();
        var sum = 0L;
        var began = Stopwatch.GetTimestamp();
        foreach (var at in asked) sum += ask(at);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        // What is not used may be left out by a compiler.
        if (sum == long.MinValue) throw new InvalidOperationException();
        return asked.Length / seconds;
    }

    private static void Check(GeoPoint[] all, PlaceIndex<int> index, STRtree<int> tree, ReadOnlySpan<GeoPoint> asked)
    {
        foreach (var at in asked)
        {
            var ours = index.TryNearest(at, WithinM, out var found, out _) ? found : -1;
            if (ours != Nearest(tree, all, at)) throw new InvalidOperationException($"the index and the tree disagree about {at}");
        }
    }

    /// <summary>The tree knows rectangles: what its answer holds is compared by distance.</summary>
    private static int Nearest(STRtree<int> tree, GeoPoint[] all, GeoPoint at)
    {
        var (low, high) = (at.MovedByM(-WithinM, -WithinM), at.MovedByM(WithinM, WithinM));
        var (best, bestM) = (-1, WithinM);
        foreach (var i in tree.Query(new Envelope(low.Longitude, high.Longitude, low.Latitude, high.Latitude)))
        {
            var distance = at.DistanceMTo(all[i]);
            if (distance < bestM || (distance == bestM && (best < 0 || i < best))) (best, bestM) = (i, distance);
        }

        return best;
    }

    private static GeoPoint[] Places(int count, Random random)
    {
        var across = (int)Math.Ceiling(Math.Sqrt(count));
        return [.. Enumerable.Range(0, count).Select(i => Origin.MovedByM(
            (i % across + random.NextDouble() * 0.8) * SpacingM, (i / across + random.NextDouble() * 0.8) * SpacingM))];
    }

    private static double Noise(Random random) => (random.NextDouble() + random.NextDouble() - 1) * 2 * ErrorM;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
