namespace ThreeOneOne.Field.Fleet.City;

/// <summary>A segment as driven in one direction.</summary>
public sealed class StreetEdge
{
    private readonly Place[] _points;
    private readonly double[] _along;

    public StreetEdge(int index, StreetSegment segment, bool reversed, int from, int to)
    {
        Index = index;
        Segment = segment;
        Reversed = reversed;
        From = from;
        To = to;
        _points = reversed ? [.. segment.Points.Reverse()] : [.. segment.Points];
        _along = new double[_points.Length];
        for (var i = 1; i < _points.Length; i++) _along[i] = _along[i - 1] + _points[i - 1].DistanceTo(_points[i]);
    }

    public int Index { get; }

    public StreetSegment Segment { get; }

    public bool Reversed { get; }

    /// <summary>Node where driving begins and ends.</summary>
    public int From { get; }

    public int To { get; }

    public IReadOnlyList<Place> Points => _points;

    public double LengthM => _along[^1];

    /// <summary>Distance of each point from the start, metres.</summary>
    public IReadOnlyList<double> Along => _along;

    /// <summary>Usual free speed, m/s: 25 mph on major roads, 20 mph elsewhere, as Cambridge posts them.</summary>
    public double LimitMps => Segment.Major ? 11.2 : 8.9;

    /// <summary>Place and heading (radians from east) at a distance from the start.</summary>
    public (Place At, double Heading) PlaceAt(double distanceM)
    {
        var i = Array.BinarySearch(_along, distanceM);
        if (i < 0) i = ~i - 1;
        i = Math.Clamp(i, 0, _points.Length - 2);
        var length = _along[i + 1] - _along[i];
        var share = length <= 0 ? 0 : Math.Clamp((distanceM - _along[i]) / length, 0, 1);
        return (_points[i].Towards(_points[i + 1], share), _points[i].AngleTo(_points[i + 1]));
    }

    /// <summary>The nearest point of the edge: how far away, and how far along.</summary>
    public (double DistanceM, double AlongM) Nearest(Place at)
    {
        var best = (Distance: double.MaxValue, Along: 0.0);
        for (var i = 0; i + 1 < _points.Length; i++)
        {
            var (a, b) = (_points[i], _points[i + 1]);
            var length2 = a.DistanceSquaredTo(b);
            var share = length2 <= 0 ? 0 : Math.Clamp(((at.X - a.X) * (b.X - a.X) + (at.Y - a.Y) * (b.Y - a.Y)) / length2, 0, 1);
            var distance = at.DistanceTo(a.Towards(b, share));
            if (distance < best.Distance) best = (distance, _along[i] + share * (_along[i + 1] - _along[i]));
        }

        return best;
    }
}
