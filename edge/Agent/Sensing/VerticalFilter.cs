using ThreeOneOne.Field.Agent.Motion;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Vertical acceleration without gravity, however the sensor is tilted: the part along the slowly averaged direction of
/// gravity, with what is slower than a hill (0.3 Hz) taken out.
/// </summary>
internal sealed class VerticalFilter
{
    private const double GravitySeconds = 15;
    private const double HillSeconds = 0.5;

    private double _x, _y, _z, _slow;
    private DateTimeOffset? _last;

    /// <summary>Seconds since the last break; the first ones are the filter's own settling.</summary>
    public double RunningSeconds { get; private set; }

    /// <summary>Sensor rate, Hz, averaged.</summary>
    public double RateHz { get; private set; }

    /// <summary>How much of the power at a frequency gets through.</summary>
    public static double PowerGain(double hz) => 1 / (1 + 1 / Math.Pow(Math.Tau * hz * HillSeconds, 2));

    public void Break() => _last = null;

    /// <summary>Null for the first sample after a break.</summary>
    public double? Next(in AccelSample sample)
    {
        var dt = _last is { } last ? (sample.Time - last).TotalSeconds : 0;
        _last = sample.Time;
        if (dt is <= 0 or > 0.25 || RunningSeconds == 0)
        {
            // Time that stands, runs backwards or jumps: start anew.
            (_x, _y, _z) = (sample.X, sample.Y, sample.Z);
            _slow = 0;
            RunningSeconds = dt is <= 0 or > 0.25 ? 1e-9 : dt;
            RateHz = dt is <= 0 or > 0.25 ? 0 : 1 / dt;
            return null;
        }

        RunningSeconds += dt;
        RateHz = RateHz == 0 ? 1 / dt : RateHz + 0.02 * (1 / dt - RateHz);
        // Settles quickly at first.
        var share = dt / Math.Min(GravitySeconds, RunningSeconds);
        _x += share * (sample.X - _x);
        _y += share * (sample.Y - _y);
        _z += share * (sample.Z - _z);
        var gravity = Math.Sqrt(_x * _x + _y * _y + _z * _z);
        if (gravity < 1) return 0;
        var vertical = (sample.X * _x + sample.Y * _y + sample.Z * _z) / gravity - gravity;
        _slow += dt / HillSeconds * (vertical - _slow);
        return vertical - _slow;
    }
}
