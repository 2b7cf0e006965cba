namespace ThreeOneOne.Field.Hub.Rehearsal;

/// <summary>Finds for each request of today's rules the one of the changed rules that stands for the same defect: pure.</summary>
public static class Comparison
{
    // Nobody who stands there sees less.
    private const double MovedM = 1;

    /// <param name="now">What today's rules open.</param>
    /// <param name="changed">What the changed rules open.</param>
    /// <param name="samePlaceM">Two potholes this near may be one, metres.</param>
    /// <returns>Every request of both; pairs once.</returns>
    public static IReadOnlyList<Pair> Of(IReadOnlyList<RehearsedRequest> now, IReadOnlyList<RehearsedRequest> changed, double samePlaceM)
    {
        var left = changed.ToList();
        var pairs = new List<Pair>();
        // By name before by place: a neighbour must not take what has a partner of its own.
        var open = new List<RehearsedRequest>();
        foreach (var request in now)
        {
            if (left.Find(r => r.Service == request.Service && (request.Pole is not null ? r.Pole == request.Pole : r.Pole is null && r.Site == request.Site)) is { } same)
            {
                left.Remove(same);
                pairs.Add(new Pair(request, same, DifferenceOf(request, same)));
            }
            else
            {
                open.Add(request);
            }
        }

        foreach (var request in open)
        {
            var nearest = left.Where(r => request.Pole is null && r.Pole is null && r.Service == request.Service)
                .Select(r => (Request: r, DistanceM: r.At.DistanceMTo(request.At)))
                .Where(r => r.DistanceM <= samePlaceM)
                .OrderBy(r => r.DistanceM).Select(r => r.Request).FirstOrDefault();
            if (nearest is not null) left.Remove(nearest);
            pairs.Add(new Pair(request, nearest, nearest is null ? Difference.NotOpened : DifferenceOf(request, nearest)));
        }

        pairs.AddRange(left.Select(r => new Pair(null, r, Difference.Opened)));
        return pairs;
    }

    private static Difference DifferenceOf(RehearsedRequest now, RehearsedRequest changed) =>
        changed.IsWithdrawn != now.IsWithdrawn ? (changed.IsWithdrawn ? Difference.Withdrawn : Difference.Kept)
        : now.At.DistanceMTo(changed.At) > MovedM ? Difference.Moved
        : Difference.None;

    /// <summary>One defect under both sets of rules.</summary>
    public sealed record Pair(RehearsedRequest? Now, RehearsedRequest? Changed, Difference Difference)
    {
        /// <summary>Whichever there is, the changed one first.</summary>
        public RehearsedRequest Either => Changed ?? Now!;
    }
}
