using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>
/// How long it takes to drive to a place over the city's streets, by their class and along their one-way direction. Immutable,
/// so any thread may ask. One search from the place serves all who might come.
/// </summary>
public sealed class TravelTimes
{
    // With lights, stops and turns, as trucks drive in town; metres a second.
    private const double Arterial = 28 / 3.6;
    private const double Collector = 24 / 3.6;
    private const double Local = 18 / 3.6;

    // From the kerb to a place beside the street and back, metres a second.
    private const double OffStreet = 3;

    private readonly StreetMap map;
    private readonly Dictionary<int, List<(int From, double Seconds)>> into = [];

    public TravelTimes(StreetMap map)
    {
        this.map = map;
        foreach (var s in map.All)
        {
            if (s.FromNode is not { } from || s.ToNode is not { } to) continue;
            var seconds = Seconds(s);
            if (s.OneWay >= 0) Into(to).Add((from, seconds));
            if (s.OneWay <= 0) Into(from).Add((to, seconds));
        }
    }

    /// <param name="to">The place.</param>
    /// <param name="from">Where they are.</param>
    /// <returns>Seconds for each; null where the streets don't lead there, or a place is far from every street.</returns>
    public double?[] To(GeoPoint to, IReadOnlyList<GeoPoint> from)
    {
        var times = new double?[from.Count];
        if (map.Nearest(to) is not var (street, share, off)) return times;
        var starts = from.Select(map.Nearest).ToArray();
        var wanted = starts.OfType<(StreetSegment Segment, double Share, double DistanceM)>().SelectMany(s => new[] { s.Segment.FromNode, s.Segment.ToNode }).OfType<int>().ToHashSet();
        var seconds = Search(street, share, wanted);
        for (var i = 0; i < times.Length; i++)
        {
            if (starts[i] is not var (own, at, ownOff)) continue;
            var whole = Seconds(own);
            double? best = null;
            void Try(double time) => best = best is { } known ? Math.Min(known, time) : time;
            if (own.Id == street.Id && (share - at) * own.OneWay >= 0) Try(Math.Abs(share - at) * whole);
            if (own.OneWay >= 0 && own.ToNode is { } end && seconds.TryGetValue(end, out var beyond)) Try((1 - at) * whole + beyond);
            if (own.OneWay <= 0 && own.FromNode is { } begin && seconds.TryGetValue(begin, out var before)) Try(at * whole + before);
            if (best is { } time) times[i] = time + (off + ownOff) / OffStreet;
        }

        return times;
    }

    /// <summary>Seconds from each node to the place, until all that are wanted are known.</summary>
    private Dictionary<int, double> Search(StreetSegment street, double share, HashSet<int> wanted)
    {
        var known = new Dictionary<int, double>();
        var next = new PriorityQueue<int, double>();
        var whole = Seconds(street);
        if (street.OneWay >= 0 && street.FromNode is { } from) next.Enqueue(from, share * whole);
        if (street.OneWay <= 0 && street.ToNode is { } to) next.Enqueue(to, (1 - share) * whole);
        while (wanted.Count > 0 && next.TryDequeue(out var node, out var seconds))
        {
            if (!known.TryAdd(node, seconds)) continue;
            wanted.Remove(node);
            foreach (var (before, drive) in into.GetValueOrDefault(node) ?? [])
                if (!known.ContainsKey(before)) next.Enqueue(before, seconds + drive);
        }

        return known;
    }

    private static double Seconds(StreetSegment s)
    {
        var length = 0.0;
        for (var i = 1; i < s.Points.Count; i++) length += s.Points[i - 1].DistanceMTo(s.Points[i]);
        return length / (s.RoadClass switch { 1 => Arterial, 2 => Collector, _ => Local });
    }

    private List<(int From, double Seconds)> Into(int node) => into.TryGetValue(node, out var list) ? list : into[node] = [];
}
