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

    // Half as far is a quarter of the junctions, and most questions are of the next ones.
    private const float FirstM = LongestM / 6;

    private readonly Dictionary<int, Ways> _from = [];
    private readonly PriorityQueue<int, float> _queue = new();
    private readonly List<int> _reached = [];
    private readonly Reached[] _nodes = new Reached[net.Nodes];
    private int _search;

    /// <summary>From the end of one edge to the beginning of another.</summary>
    /// <param name="a">The edge that is left.</param>
    /// <param name="b">The edge that is entered.</param>
    /// <param name="mostM">A longer way need not be found, metres.</param>
    /// <param name="turns">How often one turns round on the way, at a junction.</param>
    /// <returns>Metres; infinite when it is too far.</returns>
    public float DistanceM(int a, int b, float mostM, out int turns)
    {
        turns = 0;
        var (from, to) = (net.To(a), net.From(b));
        if (from == to) return 0;
        if (mostM <= 0) return float.PositiveInfinity;
        if (Row(from, to, mostM * WrongWayFactor) is not ({ } ways, var at)) return float.PositiveInfinity;
        if (ways.First[at] == (a ^ 1)) turns++;
        if (ways.By[at] == (b ^ 1)) turns++;
        return ways.Metres[at];
    }

    /// <summary>Edges from one junction to another, in order.</summary>
    public void Trace(int from, int to, List<int> edges)
    {
        var first = edges.Count;
        for (var node = to; node != from;)
        {
            if (Row(from, node, LongestM) is not ({ } ways, var at)) return;
            edges.Add(ways.By[at]);
            node = net.From(ways.By[at]);
        }

        edges.Reverse(first, edges.Count - first);
    }

    // Looks farther only when the junction is not among those that were found.
    private (Ways Ways, int At)? Row(int from, int to, float most)
    {
        if (!_from.TryGetValue(from, out var ways))
        {
            if (_from.Count >= MostKept) _from.Clear();
            ways = _from[from] = Find(from, FirstM);
        }

        while (true)
        {
            var at = Array.BinarySearch(ways.Nodes, to);
            if (at >= 0) return (ways, at);
            if (ways.UpTo >= Math.Min(most, LongestM)) return null;
            ways = _from[from] = Find(from, Math.Min(LongestM, 2 * ways.UpTo));
        }
    }

    private Ways Find(int start, float upTo)
    {
        _search++;
        _reached.Clear();
        _queue.Clear();
        _nodes[start] = new Reached(_search, false, 0, 0, -1, -1);
        _queue.Enqueue(start, 0);
        while (_queue.TryDequeue(out var node, out var cost))
        {
            ref var here = ref _nodes[node];
            if (here.Settled) continue;
            here.Settled = true;
            foreach (var edge in net.Leaving(node))
            {
                var length = net.LengthM(edge);
                var next = cost + length * (net.WrongWay(edge) ? WrongWayFactor : 1);
                if (next > upTo) continue;
                var to = net.To(edge);
                ref var there = ref _nodes[to];
                if (there.Search != _search) _reached.Add(to);
                else if (there.Cost <= next) continue;
                there = new Reached(_search, false, next, here.Metres + length, edge, here.First < 0 ? edge : here.First);
                _queue.Enqueue(to, next);
            }
        }

        var nodes = _reached.ToArray();
        Array.Sort(nodes);
        return new Ways(
            upTo, nodes, Array.ConvertAll(nodes, n => _nodes[n].Metres), Array.ConvertAll(nodes, n => _nodes[n].By), Array.ConvertAll(nodes, n => _nodes[n].First));
    }

    // A junction in the search that found it last.
    private record struct Reached(int Search, bool Settled, float Cost, float Metres, int By, int First);

    private sealed record Ways(float UpTo, int[] Nodes, float[] Metres, int[] By, int[] First);
}
