using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Splits shocks that lie together into potholes: in canonical order each joins the nearest centre within reach or founds
/// its own. Pure: the same set gives the same potholes.
/// </summary>
public static class PotholeClusters
{
    /// <param name="component">Shocks that are linked by distance, in canonical order.</param>
    /// <param name="joinM">Farthest centre to join, metres.</param>
    /// <returns>The members of each pothole in canonical order, founders first.</returns>
    public static IReadOnlyList<IReadOnlyList<Observation>> Split(IReadOnlyList<Observation> component, double joinM)
    {
        var clusters = new List<Cluster>();
        foreach (var shock in component)
        {
            Cluster? nearest = null;
            var best = joinM;
            foreach (var cluster in clusters)
            {
                var distance = cluster.Centre.DistanceMTo(shock.At);
                // Strictly nearer, so that a tie goes to the older pothole.
                if (distance > best || (distance == best && nearest is not null)) continue;
                (nearest, best) = (cluster, distance);
            }

            if (nearest is null) clusters.Add(new Cluster(shock));
            else nearest.Add(shock);
        }

        return [.. clusters.Select(c => c.Members)];
    }

    /// <summary>The mean place of the members, weighted by confidence, summed in canonical order.</summary>
    public static GeoPoint Centre(IReadOnlyList<Observation> members)
    {
        var cluster = new Cluster(members[0]);
        for (var i = 1; i < members.Count; i++) cluster.Add(members[i]);
        return cluster.Centre;
    }

    private sealed class Cluster
    {
        private readonly List<Observation> members = [];
        private double east, north, total;

        public Cluster(Observation founder) => Add(founder);

        public IReadOnlyList<Observation> Members => members;

        public GeoPoint Centre => members[0].At.MovedByM(east / total, north / total);

        public void Add(Observation shock)
        {
            members.Add(shock);
            // Never 0, so that a pothole of shocks without confidence still has a place.
            var weight = 0.05 + Math.Clamp(shock.Confidence, 0, 1);
            var (e, n) = members[0].At.OffsetMTo(shock.At);
            east += weight * e;
            north += weight * n;
            total += weight;
        }
    }
}
