using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Recordings;

/// <summary>A drive that passes every one of a set of streets: always on to the one that is reached soonest.</summary>
public static class CoveringDrive
{
    public static IReadOnlyList<StreetEdge> Over(StreetGraph graph, IReadOnlySet<int> segments)
    {
        var left = segments.Where(s => graph.Edges.Any(e => e.Segment.Index == s && graph.InCore(e))).ToHashSet();
        if (left.Count == 0) return [];
        // Begin where most of the streets lie.
        var start = graph.Edges.Where(e => left.Contains(e.Segment.Index) && graph.InCore(e)).MaxBy(e => e.LengthM)!;
        List<StreetEdge> drive = [start];
        left.Remove(start.Segment.Index);
        while (left.Count > 0)
        {
            var way = ToNearest(graph, drive[^1], left);
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
    private static List<StreetEdge>? ToNearest(StreetGraph graph, StreetEdge from, HashSet<int> wanted)
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

            foreach (var next in router.Onward(edge.To, edge).Where(graph.InCore))
            {
                if (done.Contains(next.Index)) continue;
                by.TryAdd(next.Index, edge);
                queue.Enqueue(next, cost + next.LengthM + 25);
            }
        }

        return null;
    }
}
