using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>
/// Lays a stream of fixes on the streets: the likeliest way through all of them (Viterbi), handed on as soon as every way that is
/// still possible agrees on it. One vehicle's own; not for two threads.
/// </summary>
public sealed class StreetMatcher
{
    // Ways that are so much less likely than the best are given up, in log odds.
    private const float Hopeless = 30;
    private const float CourseCostMost = 6;

    // More than what sums lose in their last digits, in log odds and metres.
    private const float Rounding = 0.01f;

    // How far an error may throw a fix back along its street, in sigmas.
    private const float Backwards = 7;

    private readonly StreetNet _net;
    private readonly MatchOptions _options;
    private readonly WayTable _ways;
    private readonly MatchColumn[] _columns;
    private readonly List<int> _trace = [];
    private int _first;
    private int _count;
    private long _number;

    // What was handed on last; ways begin there.
    private int _doneEdge = -1;
    private float _doneAlong;

    public StreetMatcher(StreetNet net, MatchOptions options)
    {
        (_net, _options, _ways) = (net, options, new WayTable(net));
        _columns = new MatchColumn[options.MostWaiting + 1];
        for (var i = 0; i < _columns.Length; i++) _columns[i] = new MatchColumn();
    }

    /// <summary>Takes the next fix and adds what is decided.</summary>
    /// <param name="time">GPS time; later than the one before, else the way begins anew.</param>
    /// <param name="at">Where the receiver says it was.</param>
    /// <param name="speedMps">Speed over ground; NaN when unknown.</param>
    /// <param name="courseDeg">Course over ground, degrees from north; NaN when unknown.</param>
    /// <param name="hdop">Dilution of precision; NaN counts as 1.</param>
    /// <param name="done">Receives fixes in their order, each once.</param>
    public void Take(DateTimeOffset time, GeoPoint at, float speedMps, float courseDeg, float hdop, List<MatchedFix> done)
    {
        var (x, y) = _net.ToPlane(at);
        var seconds = _count == 0 ? 0 : (float)(time - Newest.Time).TotalSeconds;
        if (_count > 0 && (seconds <= 0 || seconds > _options.LongestGapSeconds)) Finish(done);
        if (_count > 0 && Newest.IsNear(x, y, _options.StepSigmas * _options.SigmaM))
        {
            Newest.Until(time);
            Carry(x, y, done);
            return;
        }

        var slot = (_first + _count) % _columns.Length;
        var column = _columns[slot];
        column.Begin(_number++, time, x, y);
        Consider(column, speedMps, courseDeg, float.IsFinite(hdop) ? Math.Clamp(hdop, 1, 10) : 1);
        if (column.Count == 0)
        {
            Finish(done);
            done.Add(new MatchedFix(column.Number, -1, 0, 0, false, []));
            _doneEdge = -1;
            return;
        }

        if (_count > 0 && !Connect(Newest, column, seconds)) Finish(done);
        if (_count == 0) column.Alone();
        var next = (_first + _count) % _columns.Length;
        (_columns[slot], _columns[next]) = (_columns[next], column);
        _count++;
        HandOn(done);
    }

    // A fix that has hardly moved tells nothing new of the way, and its error much that is not so: it goes where the one
    // before goes.
    private void Carry(float x, float y, List<MatchedFix> done)
    {
        var newest = Newest;
        var number = _number++;
        if (!newest.Decided && newest.Carried.Count >= _options.MostWaiting)
        {
            var best = newest.Best;
            Decide(_count - 1, best, done);
            newest.Only(best);
            newest.Rooted();
            Forget(_count - 1);
        }

        if (newest.Decided) done.Add(Place(number, x, y, newest.Edge[0]));
        else newest.Carried.Add((number, x, y));
    }

    private MatchedFix Place(long number, float x, float y, int edge)
    {
        var (along, off) = _net.Project(edge, x, y);
        return new MatchedFix(number, edge, along, off, true, []);
    }

    /// <summary>No more fixes come: decides what waits.</summary>
    public void Finish(List<MatchedFix> done)
    {
        if (_count > 0) Decide(_count - 1, Newest.Best, done);
        (_first, _count) = (0, 0);
        _doneEdge = -1;
    }

    private MatchColumn Newest => _columns[(_first + _count - 1) % _columns.Length];

    private void Consider(MatchColumn column, float speedMps, float courseDeg, float hdop)
    {
        var sigma = _options.SigmaM * hdop;
        Span<NearStreet> near = stackalloc NearStreet[MatchColumn.MostStates / 2];
        var streets = _net.Near(column.X, column.Y, Math.Min(MatchOptions.MostRadiusM, _options.RadiusSigmas * sigma), near);
        var hasCourse = float.IsFinite(courseDeg) && speedMps >= _options.LeastCourseMps;
        var (sin, cos) = hasCourse ? MathF.SinCos(courseDeg * MathF.PI / 180) : (0, 0);
        var best = float.NegativeInfinity;
        for (var i = 0; i < streets; i++)
        {
            for (var back = 0; back < 2; back++)
            {
                var edge = near[i].Edge + back;
                var off = back == 0 ? near[i].OffM : -near[i].OffM;
                var miss = (_net.TwoWay(edge) ? off - _options.KeepRightM : off) / sigma;
                var score = -0.5f * miss * miss;
                if (_net.WrongWay(edge)) score -= _options.WrongWayCost;
                if (hasCourse)
                {
                    var along = (sin * near[i].East + cos * near[i].North) * (back == 0 ? 1 : -1);
                    var angle = MathF.Acos(Math.Clamp(along, -1, 1)) * (180 / MathF.PI) / _options.CourseSigmaDeg;
                    score -= Math.Min(CourseCostMost, 0.5f * angle * angle);
                }

                best = Math.Max(best, score);
                column.Add(edge, back == 0 ? near[i].AlongM : _net.LengthM(edge) - near[i].AlongM, off, score);
            }
        }

        column.Drop(best - Hopeless);
    }

    // False when no way leads from any state of the one to any of the other.
    private bool Connect(MatchColumn from, MatchColumn to, float seconds)
    {
        var straight = MathF.Sqrt((to.X - from.X) * (to.X - from.X) + (to.Y - from.Y) * (to.Y - from.Y));
        var beta = Math.Max(_options.SigmaM, _options.DetourMps * seconds);
        var best = float.NegativeInfinity;
        for (var j = 0; j < to.Count; j++)
        {
            var reached = float.NegativeInfinity;
            var by = -1;
            // Below this it is dropped anyway.
            var least = best - Hopeless - to.Score[j] - Rounding;
            for (var i = 0; i < from.Count; i++)
            {
                // The emission alone bounds what this pair can reach.
                var spare = from.Score[i] - Math.Max(reached, least);
                if (spare <= 0) continue;
                var way = WayM(from.Edge[i], from.Along[i], to.Edge[j], to.Along[j], straight + beta * spare + Rounding, out var cost);
                if (float.IsPositiveInfinity(way)) continue;
                var score = from.Score[i] - Math.Abs(way - straight) / beta - cost;
                if (score > reached) (reached, by) = (score, i);
            }

            to.Reach(j, reached, by);
            best = Math.Max(best, to.Score[j]);
        }

        if (float.IsNegativeInfinity(best)) return false;
        to.Drop(best - Hopeless);
        // Only differences matter: sums must not grow without end.
        to.Lower(best);
        return true;
    }

    // Infinite when there is none, or none that is no longer than mostM.
    private float WayM(int a, float alongA, int b, float alongB, float mostM, out float cost)
    {
        cost = 0;
        if (a == b)
        {
            var ahead = alongB - alongA;
            if (ahead >= 0) return ahead;
            // Nobody drives backwards for long: it is the error of two fixes.
            if (ahead > -Backwards * _options.SigmaM)
            {
                cost = ahead * ahead / (4 * _options.SigmaM * _options.SigmaM);
                return 0;
            }
        }
        else if (a == (b ^ 1))
        {
            cost = _options.TurnRoundCost;
            return Math.Abs(_net.LengthM(a) - alongA - alongB);
        }

        var left = _net.LengthM(a) - alongA;
        if (left + alongB > mostM) return float.PositiveInfinity;
        var between = _ways.DistanceM(a, b, mostM - left - alongB, out var turns);
        cost = turns * _options.TurnRoundCost;
        return left + between + alongB;
    }

    private void HandOn(List<MatchedFix> done)
    {
        // As far back as the ways that are left differ.
        Span<bool> alive = stackalloc bool[MatchColumn.MostStates];
        Span<bool> before = stackalloc bool[MatchColumn.MostStates];
        alive[..Newest.Count].Fill(true);
        var living = Newest.Count;
        for (var k = _count - 1; k >= 0; k--)
        {
            var column = _columns[(_first + k) % _columns.Length];
            if (living == 1)
            {
                var one = alive[..column.Count].IndexOf(true);
                Decide(k, one, done);
                // Kept as the root of what follows.
                column.Only(one);
                if (k + 1 < _count) _columns[(_first + k + 1) % _columns.Length].Rooted();
                Forget(k);
                return;
            }

            if (k == 0) break;
            before.Clear();
            living = 0;
            for (var i = 0; i < column.Count; i++)
            {
                if (!alive[i] || before[column.By[i]]) continue;
                before[column.By[i]] = true;
                living++;
            }

            before.CopyTo(alive);
        }

        if (_count < _columns.Length) return;
        // Too many wait: the likeliest way decides all but the newest.
        var best = Newest.Best;
        var last = Newest.By[best];
        Decide(_count - 2, last, done);
        for (var i = 0; i < Newest.Count; i++)
        {
            if (Newest.By[i] != last) Newest.Kill(i);
        }

        Forget(_count - 2);
        _columns[_first].Only(last);
        Newest.Rooted();
    }

    // The column with this number becomes the first; it is decided and stays as the root.
    private void Forget(int k)
    {
        _first = (_first + k) % _columns.Length;
        _count -= k;
    }

    private void Decide(int upTo, int state, List<MatchedFix> done)
    {
        Span<int> states = stackalloc int[upTo + 1];
        for (var k = upTo; k >= 0; k--)
        {
            states[k] = state;
            state = _columns[(_first + k) % _columns.Length].By[state];
        }

        for (var k = 0; k <= upTo; k++)
        {
            var column = _columns[(_first + k) % _columns.Length];
            if (column.Decided) continue;
            var (edge, along, off) = (column.Edge[states[k]], column.Along[states[k]], column.Off[states[k]]);
            done.Add(new MatchedFix(column.Number, edge, along, off, _doneEdge >= 0, _doneEdge >= 0 ? Through(_doneEdge, _doneAlong, edge, along) : []));
            (_doneEdge, _doneAlong) = (edge, along);
            foreach (var (number, x, y) in column.Carried) done.Add(Place(number, x, y, edge));
            column.Carried.Clear();
            column.Decided = true;
        }
    }

    private int[] Through(int a, float alongA, int b, float alongB)
    {
        if (a == (b ^ 1) || (a == b && alongB > alongA - Backwards * _options.SigmaM)) return [];
        if (_net.To(a) == _net.From(b)) return [];
        _trace.Clear();
        _ways.Trace(_net.To(a), _net.From(b), _trace);
        return [.. _trace];
    }
}
