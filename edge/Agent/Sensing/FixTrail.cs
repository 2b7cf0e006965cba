using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// The last five minutes of fixes, to place samples on. A sample is placed where the receiver puts the vehicle so much later as the
/// receiver is late, as far as that has been learned.
/// </summary>
internal sealed class FixTrail(double maxGapSeconds)
{
    private const double NewLagSeconds = 0.02;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // A lag counts from a little after it was learned: then it does not matter which of two sensors' readings came first.
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(10);

    private readonly List<Fix> _fixes = [];
    private readonly ReceiverLatency _latency = new();
    private readonly OppositePasses _passes = new();
    private readonly List<(DateTimeOffset From, TimeSpan Lag)> _lags = [(DateTimeOffset.MinValue, TimeSpan.Zero)];

    // In one piece: it is read by others.
    private volatile object? _lag;
    private LagEstimate? _braking;
    private DateTimeOffset _heard;

    /// <summary>How late the receiver is, as last learned; null: not known. From any thread.</summary>
    public LagEstimate? Lag
    {
        get => (LagEstimate?)_lag;
        private set => _lag = value;
    }

    /// <summary>Shocks that found one on the opposite course, of those that count.</summary>
    public int Pairs => _passes.Pairs;

    /// <summary>What was learned before this start; it counts until it is learned anew.</summary>
    public void Begin(LagEstimate known)
    {
        Lag = known;
        _passes.Begin(known);
        _lags[^1] = (_lags[^1].From, TimeSpan.FromSeconds(known.Seconds));
    }

    /// <summary>True when a sample of this time can be placed, or never will be; one that it does not reach waits.</summary>
    public bool Reaches(DateTimeOffset time) => _fixes.Count > 0 && time + LagAt(time) <= _fixes[^1].FixTime;

    public void Add(Fix fix)
    {
        // A calendar that steps backwards: what was before has another time base.
        if (_fixes.Count > 0 && _fixes[^1].FixTime >= fix.FixTime)
        {
            _fixes.Clear();
            _passes.Forget();
        }

        _fixes.Add(fix);
        if (_fixes.Count > 3000 || (_fixes.Count > 60 && fix.FixTime - _fixes[30].FixTime > Kept)) _fixes.RemoveRange(0, 30);
        _latency.Take(fix);
    }

    /// <summary>Learns from a sample how late the receiver is. Samples in order of time, each before it is placed.</summary>
    /// <returns>True when something new was learned.</returns>
    public bool Hear(in AccelSample sample)
    {
        _heard = sample.Time;
        if (!_latency.Hear(sample) || _latency.Estimate is not { } estimate) return false;
        _braking = estimate;
        return Learn();
    }

    /// <summary>Learns from a shock, which was placed by this trail.</summary>
    /// <returns>True when something new was learned.</returns>
    public bool Feel(in Place place) => _passes.Take(place, _braking) && Learn();

    /// <summary>Null when no two fixes near enough in time enclose the sample: then nothing can be said about its place.</summary>
    public Place? At(DateTimeOffset sample)
    {
        var lag = LagAt(sample);
        var time = sample + lag;
        var low = 0;
        var high = _fixes.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_fixes[middle].FixTime < time) low = middle + 1;
            else high = middle;
        }

        if (low >= _fixes.Count) return null;
        var b = _fixes[low];
        if (b.FixTime == time) return new Place(time, b.At, b.SpeedMps, b.CourseDeg, b.Hdop, b.Replay) { LagSeconds = lag.TotalSeconds };
        if (low == 0) return null;
        var a = _fixes[low - 1];
        var gap = (b.FixTime - a.FixTime).TotalSeconds;
        if (gap > maxGapSeconds) return null;
        var share = (time - a.FixTime).TotalSeconds / gap;
        return new Place(
            time,
            new GeoPoint(a.At.Latitude + share * (b.At.Latitude - a.At.Latitude), a.At.Longitude + share * (b.At.Longitude - a.At.Longitude)),
            a.SpeedMps + share * (b.SpeedMps - a.SpeedMps),
            share < 0.5 ? a.CourseDeg ?? b.CourseDeg : b.CourseDeg ?? a.CourseDeg,
            a.Hdop is null || b.Hdop is null ? a.Hdop ?? b.Hdop : Math.Max(a.Hdop.Value, b.Hdop.Value),
            a.Replay || b.Replay) { LagSeconds = lag.TotalSeconds };
    }

    private bool Learn()
    {
        if (_passes.Combine(_braking) is not { } estimate) return false;
        Lag = estimate;
        var lag = TimeSpan.FromSeconds(estimate.Seconds);
        if (Math.Abs((lag - _lags[^1].Lag).TotalSeconds) < NewLagSeconds) return false;
        if (_lags.Count > 8) _lags.RemoveAt(0);
        _lags.Add((_heard + Settles, lag));
        return true;
    }

    private TimeSpan LagAt(DateTimeOffset time)
    {
        for (var i = _lags.Count - 1; i > 0; i--)
        {
            if (_lags[i].From <= time) return _lags[i].Lag;
        }

        return _lags[0].Lag;
    }
}
