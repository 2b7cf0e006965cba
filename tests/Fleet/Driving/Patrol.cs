using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>A loop that a vehicle drives over and over: a district's streets as a sweeper, bus or patrol works them.</summary>
public sealed class Patrol
{
    /// <summary>Shortest and longest loop, metres: some three minutes of driving.</summary>
    public const double ShortestM = 800;
    public const double LongestM = 1_500;

    private readonly Router _router;
    private readonly Dictionary<int, int> _position = [];

    public Patrol(Router router, IReadOnlyList<StreetEdge> loop)
    {
        if (loop.Count == 0 || loop[0].From != loop[^1].To) throw new ArgumentException("a patrol ends where it begins", nameof(loop));
        _router = router;
        Loop = loop;
        for (var i = 0; i < loop.Count; i++) _position.TryAdd(loop[i].From, i);
    }

    public IReadOnlyList<StreetEdge> Loop { get; }

    public double LengthM => Loop.Sum(e => e.LengthM);

    /// <summary>The next stretch after an edge: along the loop, or the way back to it.</summary>
    public IReadOnlyList<StreetEdge> After(StreetEdge edge)
    {
        if (_position.TryGetValue(edge.To, out var at)) return [.. Loop.Skip(at), .. Loop.Take(at)];
        var nearest = Loop.MinBy(e => _router.Graph.Nodes[e.From].DistanceSquaredTo(_router.Graph.Nodes[edge.To]))!;
        return _router.Route(edge.To, nearest.From, edge) ?? [.. _router.Onward(edge.To, edge).Take(1)];
    }

    /// <summary>
    /// Makes a loop of <see cref="ShortestM"/> to <see cref="LongestM"/> through places drawn around a centre, taken in the
    /// order of their direction from it, so that it goes round the district instead of to and fro.
    /// </summary>
    public static Patrol Around(Router router, Place centre, double radiusM, int stops, Random random)
    {
        var graph = router.Graph;
        var near = graph.Core.Where(n => graph.Nodes[n].DistanceTo(centre) <= radiusM).Order().ToList();
        if (near.Count < stops) near = [.. graph.Core.OrderBy(n => graph.Nodes[n].DistanceSquaredTo(centre)).ThenBy(n => n).Take(stops * 3)];
        Patrol? best = null;
        for (var attempt = 0; attempt < 40; attempt++)
        {
            if (Try(router, near, centre, stops, random) is not { } patrol) continue;
            if (patrol.LengthM is >= ShortestM and <= LongestM) return patrol;
            if (best is null || patrol.Misfit < best.Misfit) best = patrol;
        }

        return best ?? throw new InvalidDataException($"no loop through the streets near {centre}");
    }

    private double Misfit => Math.Abs(LengthM - (ShortestM + LongestM) / 2);

    private static Patrol? Try(Router router, List<int> near, Place centre, int stops, Random random)
    {
        var nodes = router.Graph.Nodes;
        var picked = near.Select(n => (Node: n, Draw: random.Next())).OrderBy(n => n.Draw).Take(stops)
            .Select(n => n.Node).OrderBy(n => centre.AngleTo(nodes[n])).ToList();
        List<StreetEdge> loop = [];
        for (var i = 0; i < picked.Count; i++)
        {
            if (router.Route(picked[i], picked[(i + 1) % picked.Count], loop.LastOrDefault()) is not { } way) return null;
            loop.AddRange(way);
        }

        return loop.Count == 0 ? null : new Patrol(router, loop);
    }
}
