namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>
/// Shortest ways from junctions, worked out when first asked for and kept (the idea of the upper-bounded
/// origin-destination table, Yang and Gidófalvi 2018). One matcher's own: not shared between threads.
/// </summary>
internal sealed class WayTable(StreetNet net)
{
    /// <summary>Ways that are longer are not known, metres.</summary>
    public const float LongestM = 900;

    // A junction's table has some hundred rows: a few megabytes in all.
    private const int MostKept = 4096;

    // What a one-way street driven the wrong way counts for, so that ways keep to the signs where they can.
    private const float WrongWayFactor = 4;

    private readonly Dictionary<int, Ways> _from = [];

    /// <summary>From the end of one edge to the beginning of another.</summary>
    /// <param name="a">The edge that is left.</param>
    /// <param name="b">The edge that is entered.</param>
    /// <param name="turns">How often one turns round on the way, at a junction.</param>
    /// <returns>Metres; infinite when it is too far.</returns>
    public float DistanceM(int a, int b, out int turns)
    {
        turns = 0;
        var (from, to) = (net.To(a), net.From(b));
        if (from == to) return 0;
        var ways = From(from);
        var at = Array.BinarySearch(ways.Nodes, to);
        if (at < 0) return float.PositiveInfinity;
        if (ways.First[at] == (a ^ 1)) turns++;
        if (ways.By[at] == (b ^ 1)) turns++;
        return ways.Metres[at];
    }

    /// <summary>Edges from one junction to another, in order.</summary>
    public void Trace(int from, int to, List<int> edges)
    {
        var ways = From(from);
        var first = edges.Count;
        for (var node = to; node != from;)
        {
            var at = Array.BinarySearch(ways.Nodes, node);
            if (at < 0) return;
            edges.Add(ways.By[at]);
            node = net.From(ways.By[at]);
        }

        edges.Reverse(first, edges.Count - first);
    }

    private Ways From(int node)
    {
        if (_from.TryGetValue(node, out var known)) return known;
        if (_from.Count >= MostKept) _from.Clear();
        return _from[node] = Find(node);
    }

    private Ways Find(int start)
    {
        Dictionary<int, (float Cost, float Metres, int By, int First)> reached = new() { [start] = (0, 0, -1, -1) };
        var queue = new PriorityQueue<int, float>([(start, 0)]);
        HashSet<int> settled = [];
        while (queue.TryDequeue(out var node, out var cost))
        {
            if (!settled.Add(node)) continue;
            var here = reached[node];
            foreach (var edge in net.Leaving(node))
            {
                var next = cost + net.LengthM(edge) * (net.WrongWay(edge) ? WrongWayFactor : 1);
                var to = net.To(edge);
                if (next > LongestM || (reached.TryGetValue(to, out var known) && known.Cost <= next)) continue;
                reached[to] = (next, here.Metres + net.LengthM(edge), edge, here.First < 0 ? edge : here.First);
                queue.Enqueue(to, next);
            }
        }

        reached.Remove(start);
        var nodes = reached.Keys.ToArray();
        Array.Sort(nodes);
        return new Ways(nodes, [.. nodes.Select(n => reached[n].Metres)], [.. nodes.Select(n => reached[n].By)], [.. nodes.Select(n => reached[n].First)]);
    }

    private sealed record Ways(int[] Nodes, float[] Metres, int[] By, int[] First);
}
