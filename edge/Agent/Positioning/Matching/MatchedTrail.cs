using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>Where on the streets the vehicle was in the last minutes, as far as it is decided.</summary>
internal sealed class MatchedTrail(StreetNet net)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan About = TimeSpan.FromSeconds(30);

    private readonly StreetMatcher _matcher = new(net, new MatchOptions());
    private readonly Queue<DateTimeOffset> _times = [];
    private readonly List<MatchedFix> _done = [];
    private readonly List<(DateTimeOffset Time, MatchedFix Fix)> _trail = [];

    /// <summary>GPS time of the newest decided fix; null before the first.</summary>
    public DateTimeOffset? DecidedUntil => _trail.Count == 0 ? null : _trail[^1].Time;

    public void Take(Fix fix)
    {
        _times.Enqueue(fix.FixTime);
        _matcher.Take(fix.FixTime, fix.At, (float)fix.SpeedMps, (float)(fix.CourseDeg ?? double.NaN), (float)(fix.Hdop ?? double.NaN), _done);
        HandOn();
    }

    /// <summary>No more fixes come: what waits is decided.</summary>
    public void Finish()
    {
        _matcher.Finish(_done);
        HandOn();
    }

    /// <summary>Where the vehicle was; null when it was on no street then, or nothing is known of the way.</summary>
    public StreetPlace? At(DateTimeOffset time)
    {
        var after = _trail.FindIndex(t => t.Time >= time);
        if (after < 0) return null;
        var (timeB, b) = _trail[after];
        if (b.Edge < 0) return null;
        if (timeB == time) return On(b.Edge, b.AlongM);
        if (after == 0 || !b.Connected) return null;
        var (timeA, a) = _trail[after - 1];
        return Between(a, b, (float)((time - timeA) / (timeB - timeA)));
    }

    /// <summary>The nearest place on the streets that were driven about a time; null when none were.</summary>
    public StreetPlace? Nearest(GeoPoint at, DateTimeOffset time)
    {
        var (x, y) = net.ToPlane(at);
        var best = (OffM: float.MaxValue, Edge: -1, AlongM: 0f);
        foreach (var (when, fix) in _trail)
        {
            if ((when - time).Duration() > About || fix.Edge < 0) continue;
            Try(fix.Edge);
            foreach (var edge in fix.Through) Try(edge);
        }

        return best.Edge < 0 ? null : On(best.Edge, best.AlongM);

        void Try(int edge)
        {
            if (edge == best.Edge) return;
            var (along, off) = net.Project(edge, x, y);
            if (Math.Abs(off) < best.OffM) best = (Math.Abs(off), edge, along);
        }
    }

    private StreetPlace Between(MatchedFix a, MatchedFix b, float share)
    {
        // Standing or thrown back by an error: straight from one to the other.
        if (a.Edge == b.Edge && b.Through.Length == 0) return On(a.Edge, a.AlongM + share * (b.AlongM - a.AlongM));
        if (a.Edge == (b.Edge ^ 1) && b.Through.Length == 0) return On(a.Edge, a.AlongM + share * (net.LengthM(a.Edge) - b.AlongM - a.AlongM));
        var left = net.LengthM(a.Edge) - a.AlongM;
        var metres = share * (left + b.Through.Sum(net.LengthM) + b.AlongM);
        if (metres <= left) return On(a.Edge, a.AlongM + metres);
        metres -= left;
        foreach (var edge in b.Through)
        {
            if (metres <= net.LengthM(edge)) return On(edge, metres);
            metres -= net.LengthM(edge);
        }

        return On(b.Edge, metres);
    }

    private StreetPlace On(int edge, float alongM)
    {
        var (x, y) = net.At(edge, alongM);
        return new StreetPlace(net.Segment(edge), net.ToGeo(x, y));
    }

    private void HandOn()
    {
        foreach (var fix in _done)
        {
            var time = _times.Dequeue();
            // A calendar that steps backwards: what was before has another time base.
            if (DecidedUntil >= time) _trail.Clear();
            _trail.Add((time, fix));
        }

        _done.Clear();
        if (_trail.Count > 3000 || (_trail.Count > 60 && _trail[^1].Time - _trail[30].Time > Kept)) _trail.RemoveRange(0, 30);
    }
}
