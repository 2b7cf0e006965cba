namespace ThreeOneOne.Field.Agent.Sensing.Shock;

/// <summary>
/// Readings at 30 to 2,000 Hz, evenly spaced or not, brought to <see cref="ShockFeatures.RateHz"/>. Each sample is the weighted mean of the
/// readings about it; the weights (a sinc under a cosine's window) keep out what the new rate cannot show, and delay nothing.
/// </summary>
internal sealed class Resampler
{
    // Passes what lies below, Hz; a sensor that is hardly faster than the new rate has nothing above its own half.
    private const double CutHz = 22;
    private const double CutShare = 0.44;

    // Reach of the weights either side, in periods of the cut.
    private const double Reach = 1.1;
    // Between readings farther apart lie samples that none of them reaches, or hardly.
    private const double JoinedReach = 0.8;
    // Slower is no sensor of shocks.
    private const double LongestFirstSeconds = 0.1;
    private const int Kept = 512;
    private const int Steps = 256;

    private static readonly long Period = (long)(TimeSpan.TicksPerSecond / ShockFeatures.RateHz);
    private static readonly float[] Weights = [.. Enumerable.Range(0, Steps + 1).Select(i => Weight((double)i / Steps))];

    private readonly MotionReading[] _readings = new MotionReading[Kept];
    private long _count;
    private long _next;
    private double _spacing;

    /// <summary>Forgets what came; what comes next is not connected with it.</summary>
    public void Break() => _count = 0;

    /// <summary>False where readings are missing before this one: what comes next is not connected with what came.</summary>
    public bool Joins(in MotionReading reading)
    {
        if (_count == 0) return true;
        var since = (reading.Sample.Time.Ticks - Last.Sample.Time.Ticks) / (double)TimeSpan.TicksPerSecond;
        // Two readings alone say nothing of how fast the sensor is.
        if (_count == 1) return since <= LongestFirstSeconds;
        return since / 2 <= JoinedReach * Reach / Math.Min(CutHz, CutShare / Spacing(since));
    }

    /// <summary>Takes the next reading; its time is after the one before.</summary>
    public void Add(in MotionReading reading)
    {
        var time = reading.Sample.Time.Ticks;
        if (_count == 0)
        {
            _next = time;
            _spacing = 0;
        }
        else
        {
            var since = (time - Last.Sample.Time.Ticks) / (double)TimeSpan.TicksPerSecond;
            _spacing = Spacing(since);
        }

        _readings[_count++ % Kept] = reading;
    }

    /// <summary>The next sample of the new rate, with the place and the clocks of the reading nearest to it.</summary>
    public bool TryNext(out MotionReading sample)
    {
        sample = default;
        if (_count < 2) return false;
        var cut = Math.Min(CutHz, CutShare / _spacing);
        var reach = (long)(Reach / cut * TimeSpan.TicksPerSecond);
        if (Last.Sample.Time.Ticks < _next + reach) return false;
        double x = 0, y = 0, z = 0, sum = 0;
        var (nearest, least) = (_count - 1, long.MaxValue);
        var scale = (float)Steps / reach;
        for (var i = _count - 1; i >= Math.Max(0, _count - Kept); i--)
        {
            ref readonly var reading = ref _readings[i % Kept];
            var off = reading.Sample.Time.Ticks - _next;
            if (off < -reach) break;
            var away = Math.Abs(off);
            if (away > reach) continue;
            var weight = Weights[(int)(away * scale)];
            x += weight * reading.Sample.X;
            y += weight * reading.Sample.Y;
            z += weight * reading.Sample.Z;
            sum += weight;
            if (away < least) (nearest, least) = (i, away);
        }

        var at = _readings[nearest % Kept];
        sample = at with { Sample = new(new DateTimeOffset(_next, TimeSpan.Zero), (float)(x / sum), (float)(y / sum), (float)(z / sum)) };
        _next += Period;
        return true;
    }

    private double Spacing(double since) => _spacing == 0 ? since : _spacing + 0.05 * (since - _spacing);

    private ref readonly MotionReading Last => ref _readings[(_count - 1) % Kept];

    private static float Weight(double share)
    {
        var turns = Math.Tau * Reach * share;
        return (float)((turns < 1e-9 ? 1 : Math.Sin(turns) / turns) * (0.5 + 0.5 * Math.Cos(Math.PI * share)));
    }
}
