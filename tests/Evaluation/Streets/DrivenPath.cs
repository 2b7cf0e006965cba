using ThreeOneOne.Field.Agent.Positioning.Matching;

namespace ThreeOneOne.Field.Evaluation.Streets;

/// <summary>Streets in the order in which they were driven, each with the metres driven on it.</summary>
internal sealed class DrivenPath(IEnumerable<(string Segment, double LengthM)> visits)
{
    private readonly List<(string Segment, double LengthM)> _visits = [.. visits];

    public double LengthM => _visits.Sum(v => v.LengthM);

    /// <summary>What a drive truly drove, without its first and last street, of which it drove a part.</summary>
    public static DrivenPath Of(Drive drive) => new(drive.Edges().Select(e => (e.Segment.Id, e.LengthM)).Skip(1).SkipLast(1));

    /// <summary>What the matcher says.</summary>
    public static DrivenPath Of(StreetNet net, IEnumerable<MatchedFix> fixes)
    {
        List<(string Segment, double LengthM)> path = [];
        var (edge, entered, reached) = (-1, 0f, 0f);
        foreach (var fix in fixes.Where(f => f.Edge >= 0))
        {
            if (fix.Edge == edge && fix.Through.Length == 0)
            {
                reached = Math.Max(reached, fix.AlongM);
                continue;
            }

            // Turning round within a street does not drive the whole of it.
            var turns = fix.Edge == (edge ^ 1) && fix.Through.Length == 0;
            if (edge >= 0) path.Add((net.Segment(edge), (turns ? Math.Max(reached, net.LengthM(edge) - fix.AlongM) : net.LengthM(edge)) - entered));
            foreach (var through in fix.Through) path.Add((net.Segment(through), net.LengthM(through)));
            (entered, reached) = (turns ? Math.Min(net.LengthM(edge) - reached, fix.AlongM) : 0, fix.AlongM);
            edge = fix.Edge;
        }

        if (edge >= 0) path.Add((net.Segment(edge), reached - entered));
        return new DrivenPath(path);
    }

    /// <summary>
    /// Metres that are in one path and not in the other, in order (the mismatch of Newson and Krumm). A fix at the very ends may lie on
    /// the street before or after: that much of <paramref name="other"/> is left out.
    /// </summary>
    public double WrongM(DrivenPath other)
    {
        var path = other.Between(_visits[0].Segment, _visits[^1].Segment);
        var common = new double[_visits.Count + 1, path.Count + 1];
        for (var i = 1; i <= _visits.Count; i++)
        {
            for (var j = 1; j <= path.Count; j++)
            {
                common[i, j] = _visits[i - 1].Segment == path[j - 1].Segment
                    ? common[i - 1, j - 1] + Math.Min(_visits[i - 1].LengthM, path[j - 1].LengthM)
                    : Math.Max(common[i - 1, j], common[i, j - 1]);
            }
        }

        return LengthM + path.Sum(p => p.LengthM) - 2 * common[_visits.Count, path.Count];
    }

    private List<(string Segment, double LengthM)> Between(string first, string last)
    {
        const int Ends = 2;
        var from = Math.Max(0, _visits.FindIndex(v => v.Segment == first));
        var to = _visits.FindLastIndex(v => v.Segment == last);
        return _visits[(from <= Ends ? from : 0)..(to >= 0 && _visits.Count - to - 1 <= Ends ? to + 1 : _visits.Count)];
    }
}
