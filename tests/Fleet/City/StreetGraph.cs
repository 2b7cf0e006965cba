namespace ThreeOneOne.Field.Fleet.City;

/// <summary>
/// The streets as a directed graph. Junctions are ends of centre-lines that meet within <see cref="JoinM"/>: the node
/// numbers in the city's file name several places each and cannot be used.
/// </summary>
public sealed class StreetGraph
{
    /// <summary>Ends closer than this are one junction, metres.</summary>
    public const double JoinM = 1.5;

    private readonly List<Place> _nodes = [];
    private readonly List<StreetEdge> _edges = [];
    private readonly List<List<StreetEdge>> _out = [];
    private readonly GridIndex<StreetEdge> _near = new(40);

    public StreetGraph(IEnumerable<StreetSegment> segments)
    {
        var ends = new GridIndex<int>(JoinM * 2);
        foreach (var segment in segments)
        {
            var from = NodeAt(segment.Points[0], ends);
            var to = NodeAt(segment.Points[^1], ends);
            if (from == to && segment.LengthM < 5) continue;
            if (segment.Forward) AddEdge(segment, false, from, to);
            if (segment.Backward) AddEdge(segment, true, to, from);
        }

        Core = LargestCore();
    }

    public IReadOnlyList<Place> Nodes => _nodes;

    public IReadOnlyList<StreetEdge> Edges => _edges;

    /// <summary>
    /// Nodes from which every other of the set can be reached: routes start and end here, so that no vehicle is trapped
    /// at the end of a one-way street.
    /// </summary>
    public IReadOnlySet<int> Core { get; }

    public IReadOnlyList<StreetEdge> Leaving(int node) => _out[node];

    public bool InCore(StreetEdge edge) => Core.Contains(edge.From) && Core.Contains(edge.To);

    /// <summary>Edges of the core that pass within the radius, nearest first.</summary>
    public IReadOnlyList<(StreetEdge Edge, double DistanceM, double AlongM)> EdgesNear(Place at, double radiusM) =>
        [.. _near.Within(at, radiusM + 20).Select(e => e.Item).Distinct().Where(InCore)
            .Select(e => (Edge: e, Nearest: e.Nearest(at)))
            .Where(e => e.Nearest.DistanceM <= radiusM)
            .OrderBy(e => e.Nearest.DistanceM).ThenBy(e => e.Edge.Index)
            .Select(e => (e.Edge, e.Nearest.DistanceM, e.Nearest.AlongM))];

    private int NodeAt(Place at, GridIndex<int> ends)
    {
        var near = ends.Within(at, JoinM).OrderBy(e => e.DistanceM).Select(e => e.Item).DefaultIfEmpty(-1).First();
        if (near >= 0) return near;
        ends.Add(at, _nodes.Count);
        _nodes.Add(at);
        _out.Add([]);
        return _nodes.Count - 1;
    }

    private void AddEdge(StreetSegment segment, bool reversed, int from, int to)
    {
        var edge = new StreetEdge(_edges.Count, segment, reversed, from, to);
        _edges.Add(edge);
        _out[from].Add(edge);
        for (var along = 0.0; along < edge.LengthM; along += 20) _near.Add(edge.PlaceAt(along).At, edge);
        _near.Add(edge.Points[^1], edge);
    }

    private HashSet<int> LargestCore()
    {
        var reverse = new List<int>[_nodes.Count];
        for (var i = 0; i < reverse.Length; i++) reverse[i] = [];
        foreach (var edge in _edges) reverse[edge.To].Add(edge.From);
        var left = new HashSet<int>(Enumerable.Range(0, _nodes.Count));
        HashSet<int> best = [];
        while (left.Count > best.Count)
        {
            var start = left.Min();
            var core = Reach(start, n => _out[n].Select(e => e.To));
            core.IntersectWith(Reach(start, n => reverse[n]));
            left.ExceptWith(core);
            if (core.Count > best.Count) best = core;
        }

        return best;
    }

    private static HashSet<int> Reach(int start, Func<int, IEnumerable<int>> next)
    {
        HashSet<int> seen = [start];
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var n in next(node))
            {
                if (seen.Add(n)) queue.Enqueue(n);
            }
        }

        return seen;
    }
}
