using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>Reports of one danger: of one kind, close together. A pure function of the set of reports, whatever their order.</summary>
/// <param name="Last">The report seen last, which says where.</param>
/// <param name="All">Every report, that one first.</param>
public sealed record HazardGroup(HazardReport Last, IReadOnlyList<HazardReport> All)
{
    public long UntilMs => All.Max(r => r.UntilMs);

    /// <param name="reports">Those that stand.</param>
    /// <param name="sameM">Reports of one kind nearer than this to the one seen last are the same danger, metres.</param>
    /// <returns>Seen last first.</returns>
    public static IReadOnlyList<HazardGroup> Of(IEnumerable<HazardReport> reports, double sameM)
    {
        List<List<HazardReport>> groups = [];
        foreach (var report in reports.OrderByDescending(r => r.AtMs).ThenBy(r => r.Id, StringComparer.Ordinal))
        {
            if (groups.Find(g => g[0].Kind == report.Kind && g[0].At.DistanceMTo(report.At) <= sameM) is { } same) same.Add(report);
            else groups.Add([report]);
        }

        return [.. groups.Select(g => new HazardGroup(g[0], g))];
    }

    /// <summary>What vehicles are told.</summary>
    public HazardCopy ToCopy() => new(Last.Id, Last.Kind, Last.At, DateTimeOffset.FromUnixTimeMilliseconds(Last.AtMs), DateTimeOffset.FromUnixTimeMilliseconds(UntilMs));
}
