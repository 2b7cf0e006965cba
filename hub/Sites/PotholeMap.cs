using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Divides the bins of a neighbourhood into potholes: each strongest place takes in what lies within reach of it, then each
/// strongest of the rest. Pure, and local: what a bin belongs to depends only on bins within <see cref="DependsM"/>.
/// </summary>
public sealed class PotholeMap
{
    // Shocks this near to each other strengthen each other: a receiver's usual error.
    private const double KernelM = 6;

    // Two rounds find the weaker of two neighbours too; what is left over then lies in the tails of a row of holes, each weaker than the one before.
    private const int Rounds = 2;
    // More than the diagonal of a bin: places are compared with its corner.
    private const double BinM = 5;
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;
    private const double NorthM = MetresPerDegree / Grid.Finest;

    private readonly Dictionary<long, ShockBin> bins;
    private readonly Dictionary<long, long> strength = [];
    private readonly Dictionary<long, long> groupOf = [];
    private readonly double joinM;

    /// <param name="bins">Every bin of the neighbourhood.</param>
    /// <param name="joinM">Reach of a pothole, metres.</param>
    public PotholeMap(IEnumerable<ShockBin> bins, double joinM)
    {
        this.joinM = joinM;
        this.bins = bins.ToDictionary(b => b.Bin);
        foreach (var bin in this.bins.Keys) strength[bin] = Strength(bin);
        Divide();
    }

    /// <summary>How far a bin reaches on what other bins belong to, metres.</summary>
    public static double ChangesM(double joinM) => DependsM(joinM) + joinM + BinM;

    /// <summary>How far away a bin must lie not to matter to what is found within <see cref="ChangesM"/> of a place, metres.</summary>
    public static double ReadM(double joinM) => ChangesM(joinM) + 3 * joinM + DependsM(joinM) + BinM;

    /// <summary>The potholes that have a bin within a distance of a place: id, and bins in order of their numbers.</summary>
    public IEnumerable<(string Id, IReadOnlyList<ShockBin> Bins)> Near(GeoPoint at, double withinM)
    {
        foreach (var group in groupOf.GroupBy(g => g.Value, g => g.Key).OrderBy(g => g.Key))
        {
            var members = group.Order().Select(b => bins[b]).ToList();
            if (!members.Exists(b => Grid.Corner(b.Bin, Grid.Finest).DistanceMTo(at) <= withinM)) continue;
            // Named after the first shock of its core: what lies at the rim may come and go.
            var core = bins.ContainsKey(group.Key) ? members.FindAll(b => Within(group.Key, b.Bin, joinM / 2)) : members;
            yield return ($"{SiteKind.Pothole}:{core.Min(b => b.First)}", members);
        }
    }

    private static double DependsM(double joinM) => (2 * Rounds - 1) * joinM + KernelM;

    private void Divide()
    {
        var left = new HashSet<long>(bins.Keys);
        var anchors = new HashSet<long>();
        for (var round = 0; round < Rounds && left.Count > 0; round++)
        {
            var found = left.Where(bin => Around(bin, joinM).All(other => other == bin || !left.Contains(other) || IsStronger(bin, other))).ToList();
            anchors.UnionWith(found);
            foreach (var anchor in found) left.ExceptWith(Around(anchor, joinM));
        }

        foreach (var bin in bins.Keys)
        {
            long? nearest = null;
            foreach (var anchor in Around(bin, joinM).Where(anchors.Contains))
            {
                if (nearest is not { } best || IsNearer(bin, anchor, best)) nearest = anchor;
            }

            groupOf[bin] = nearest ?? Rest(bin);
        }
    }

    private bool IsNearer(long bin, long anchor, long best)
    {
        var (a, b) = (DistanceM2(bin, anchor), DistanceM2(bin, best));
        return a < b || (a == b && IsStronger(anchor, best));
    }

    private bool IsStronger(long bin, long other)
    {
        var order = strength[bin].CompareTo(strength[other]);
        return order != 0 ? order > 0 : bins[bin].First < bins[other].First;
    }

    private long Strength(long bin)
    {
        long sum = 0;
        foreach (var other in Around(bin, KernelM)) sum += bins[other].Weight * (long)Math.Round(64 * (1 - Math.Sqrt(DistanceM2(bin, other)) / KernelM));
        return sum;
    }

    // Below every bin's number, and one for each fine cell.
    private static long Rest(long bin)
    {
        var (y, x) = Grid.Split(bin);
        return -Grid.Number(y >> 2, x >> 2);
    }

    private IEnumerable<long> Around(long bin, double withinM)
    {
        var (y, x) = Grid.Split(bin);
        var rows = (int)(withinM / NorthM);
        for (var dy = -rows; dy <= rows; dy++)
        {
            var eastM = EastM(Math.Min(y, y + dy));
            var columns = (int)(Math.Sqrt(withinM * withinM - dy * NorthM * dy * NorthM) / eastM);
            for (var dx = -columns; dx <= columns; dx++)
            {
                var other = Grid.Number(y + dy, x + dx);
                if (bins.ContainsKey(other)) yield return other;
            }
        }
    }

    private static bool Within(long a, long b, double withinM) => DistanceM2(a, b) <= withinM * withinM;

    private static double DistanceM2(long a, long b)
    {
        var ((ya, xa), (yb, xb)) = (Grid.Split(a), Grid.Split(b));
        var (north, east) = ((ya - yb) * NorthM, (xa - xb) * EastM(Math.Min(ya, yb)));
        return north * north + east * east;
    }

    // One width for every eighth of a degree, so that a pair of bins has one distance whoever looks.
    private static double EastM(long y) => NorthM * Math.Max(0.01, Math.Cos((y >> 12) * (4_096.0 / Grid.Finest) * Math.PI / 180));
}
