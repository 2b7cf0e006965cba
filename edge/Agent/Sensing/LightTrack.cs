namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>The light of the last <see cref="KeptM"/> of one unbroken drive, by distance driven.</summary>
internal sealed class LightTrack
{
    public const double KeptM = 300;

    // Standing and creeping add nothing to see and would fill the memory.
    private const double MinStepM = 0.3;
    private const double StandingMps = 0.7;

    private readonly List<Point> _points = [];
    private double _drivenM;

    public readonly record struct Point(double AtM, LightReading Reading)
    {
        public double Lux => Reading.Sample.Lux;
    }

    /// <summary>Metres driven since the break.</summary>
    public double DrivenM => _drivenM;

    public Point this[int index] => _points[index];

    /// <returns>False when the vehicle has hardly moved and the reading was not kept.</returns>
    public bool Add(in LightReading reading)
    {
        if (_points.Count > 0)
        {
            var step = _points[^1].Reading.Place.At.DistanceMTo(reading.Place.At);
            if (step < MinStepM || (reading.Place.SpeedMps < StandingMps && step < 5)) return false;
            _drivenM += step;
        }

        _points.Add(new Point(_drivenM, reading));
        if (_points[0].AtM < _drivenM - KeptM - 50) _points.RemoveRange(0, First(_drivenM - KeptM));
        return true;
    }

    public void Clear()
    {
        _points.Clear();
        _drivenM = 0;
    }

    /// <summary>Range of indices whose points lie between two distances.</summary>
    public Range Between(double fromM, double toM)
    {
        var first = First(fromM);
        return first..Math.Max(first, First(toM + 1e-9));
    }

    /// <summary>The floor between lights: a low percentile of what was seen between two distances.</summary>
    public double FloorLux(double fromM, double toM)
    {
        var (from, count) = Between(fromM, toM).GetOffsetAndLength(_points.Count);
        if (count == 0) return 0;
        var lux = new double[count];
        for (var i = 0; i < count; i++) lux[i] = _points[from + i].Lux;
        Array.Sort(lux);
        return lux[count / 10];
    }

    private int First(double atM)
    {
        var low = 0;
        var high = _points.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].AtM < atM) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
