using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Recordings;

/// <summary>A drive that passes every one of a set of streets: always on to the one that is reached soonest.</summary>
public static class CoveringDrive
{
    /// <param name="graph">The streets.</param>
    /// <param name="segments">Those that must be passed.</param>
    /// <param name="random">Draws where it begins, so that streets are driven in another order and direction, and turns back at the core's edge; null: on the longest.</param>
    public static IReadOnlyList<StreetEdge> Over(StreetGraph graph, IReadOnlySet<int> segments, Random? random = null)
    {
        var edges = graph.Edges.Where(e => segments.Contains(e.Segment.Index) && graph.InCore(e)).ToList();
        if (edges.Count == 0) return [];
        var left = edges.Select(e => e.Segment.Index).ToHashSet();
        var start = random is null ? edges.MaxBy(e => e.LengthM)! : edges[random.Next(edges.Count)];
        List<StreetEdge> drive = [start];
        left.Remove(start.Segment.Index);
        while (left.Count > 0)
        {
            var way = ToNearest(graph, drive[^1], left, turns: random is not null);
            if (way is null) break;
            foreach (var edge in way)
            {
                drive.Add(edge);
                left.Remove(edge.Segment.Index);
            }
        }

        return drive;
    }

    // Dijkstra over edges, so that turning back on the spot is the last resort.
    private static List<StreetEdge>? ToNearest(StreetGraph graph, StreetEdge from, HashSet<int> wanted, bool turns)
    {
        var router = new Router(graph);
        var by = new Dictionary<int, StreetEdge>();
        var queue = new PriorityQueue<StreetEdge, double>([(from, 0)]);
        var done = new HashSet<int>();
        while (queue.TryDequeue(out var edge, out var cost))
        {
            if (!done.Add(edge.Index)) continue;
            if (edge != from && wanted.Contains(edge.Segment.Index))
            {
                List<StreetEdge> way = [];
                for (var e = edge; e != from; e = by[e.Index]) way.Add(e);
                way.Reverse();
                return way;
            }

            var onward = router.Onward(edge.To, edge).Where(graph.InCore).ToList();
            // All that leads on leaves the core: back again.
            if (turns && onward.Count == 0) onward = [.. graph.Leaving(edge.To).Where(graph.InCore)];
            foreach (var next in onward)
            {
                if (done.Contains(next.Index)) continue;
                by.TryAdd(next.Index, edge);
                queue.Enqueue(next, cost + next.LengthM + 25);
            }
        }

        return null;
    }
}
