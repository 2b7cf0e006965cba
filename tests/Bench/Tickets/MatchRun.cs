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
    // What an index of so many places touches of each: two short numbers, its value, and its share of where cells begin.
    private const int BytesOfPlace = 9;
    private const int InBatch = 20;
    private static readonly GeoPoint Origin = new(42.36, -71.1);

    public static MatchFigures Measure(int places, int questions, int pairs, int seed)
    {
        var random = new Random(seed);
        var all = Places(places, random);
        var index = new PlaceIndex<int>(all.Select((at, i) => (at, i)), Comparer<int>.Default);
        var tree = new STRtree<int>();
        for (var i = 0; i < all.Length; i++) tree.Insert(new Envelope(new Coordinate(all[i].Longitude, all[i].Latitude)), i);
        tree.Build();
        var asked = Enumerable.Range(0, questions).Select(_ => Seen(all[random.Next(all.Length)], random)).ToArray();
        var driven = Driven(all, questions, random);
        var (rates, ratios, batches, reads) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // Once for nothing: the compiler's turn.
        Check(all, index, tree, asked.AsSpan(0, Math.Min(2_000, questions)));
        Check(all, index, tree, driven.AsSpan(0, Math.Min(2_000, questions)));
        for (var pair = 0; pair < pairs; pair++)
        {
            var ours = Rate(asked, at => index.TryNearest(at, WithinM, out var found) ? found : -1);
            var theirs = Rate(asked, at => Nearest(tree, all, at));
            rates.Add(ours);
            ratios.Add(ours / theirs);
            batches.Add(Rate(driven, at => index.TryNearest(at, WithinM, out var found) ? found : -1));
            reads.Add(OneReadNs(places * BytesOfPlace / sizeof(long), questions, random));
        }

        var neighbours = asked.Take(2_000).Average(at => index.Near(at, WithinM).Count);
        return new MatchFigures(Median(rates), Median(ratios), Median(batches), neighbours, Median(reads));
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

    /// <summary>What memory itself takes: one read of a random place after the other, each from where the one before said.</summary>
    private static double OneReadNs(int longs, int reads, Random random)
    {
        var next = Enumerable.Range(0, longs).Select(i => (long)i).ToArray();
        // One ring through all of it.
        for (var i = next.Length - 1; i > 0; i--)
        {
            var other = random.Next(i);
            (next[i], next[other]) = (next[other], next[i]);
        }

        var at = 0L;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < reads; i++) at = next[at];
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (at < 0) throw new InvalidOperationException();
        return seconds * 1e9 / reads;
    }

    private static void Check(GeoPoint[] all, PlaceIndex<int> index, STRtree<int> tree, ReadOnlySpan<GeoPoint> asked)
    {
        foreach (var at in asked)
        {
            var ours = index.TryNearest(at, WithinM, out var found) ? found : -1;
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
        var across = Across(count);
        return [.. Enumerable.Range(0, count).Select(i => Origin.MovedByM(
            (i % across + random.NextDouble() * 0.8) * SpacingM, (i / across + random.NextDouble() * 0.8) * SpacingM))];
    }

    /// <summary>As a hub is asked: batches of many vehicles mixed, each batch what one vehicle saw one after the other along a street.</summary>
    private static GeoPoint[] Driven(GeoPoint[] all, int questions, Random random)
    {
        var driven = new List<GeoPoint>(questions);
        while (driven.Count < questions)
        {
            var start = random.Next(all.Length - InBatch);
            for (var i = start; i < start + InBatch && driven.Count < questions; i++) driven.Add(Seen(all[i], random));
        }

        return [.. driven];
    }

    private static int Across(int count) => (int)Math.Ceiling(Math.Sqrt(count));

    private static GeoPoint Seen(GeoPoint at, Random random) => at.MovedByM(Noise(random), Noise(random));

    private static double Noise(Random random) => (random.NextDouble() + random.NextDouble() - 1) * 2 * ErrorM;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
