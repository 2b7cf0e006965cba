using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>Fastest way over the street graph (Dijkstra by time), along one-ways only as allowed.</summary>
public sealed class Router(StreetGraph graph)
{
    // Slowing, waiting and turning at a junction, seconds.
    private const double JunctionSeconds = 4;

    public StreetGraph Graph { get; } = graph;

    /// <summary>
    /// Edges from one node to another; empty when they are the same node, null when there is no way. The first edge does
    /// not turn back over <paramref name="arriving"/> unless the street is a dead end.
    /// </summary>
    public IReadOnlyList<StreetEdge>? Route(int from, int to, StreetEdge? arriving = null)
    {
        if (from == to) return [];
        var seconds = new Dictionary<int, double> { [from] = 0 };
        var by = new Dictionary<int, StreetEdge>();
        var queue = new PriorityQueue<int, double>([(from, 0)]);
        var settled = new HashSet<int>();
        while (queue.TryDequeue(out var node, out var cost))
        {
            if (!settled.Add(node)) continue;
            if (node == to) return Trace(by, from, to);
            foreach (var edge in Onward(node, node == from ? arriving : null))
            {
                var next = cost + edge.LengthM / edge.LimitMps + JunctionSeconds;
                if (seconds.TryGetValue(edge.To, out var known) && known <= next) continue;
                seconds[edge.To] = next;
                by[edge.To] = edge;
                queue.Enqueue(edge.To, next);
            }
        }

        return null;
    }

    /// <summary>Edges that a driver takes from a node: anything but straight back, unless nothing else is left.</summary>
    public IEnumerable<StreetEdge> Onward(int node, StreetEdge? arriving)
    {
        var leaving = Graph.Leaving(node);
        var onward = leaving.Where(e => arriving is null || e.Segment.Index != arriving.Segment.Index).ToList();
        return onward.Count > 0 ? onward : leaving;
    }

    private static List<StreetEdge> Trace(Dictionary<int, StreetEdge> by, int from, int to)
    {
        List<StreetEdge> route = [];
        for (var node = to; node != from || route.Count == 0;)
        {
            var edge = by[node];
            route.Add(edge);
            node = edge.From;
        }

        route.Reverse();
        return route;
    }
}
