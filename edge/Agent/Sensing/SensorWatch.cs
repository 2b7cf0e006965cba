using ThreeOneOne.Field.Agent.Motion;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>Tells from an accelerometer's readings alone whether they can be believed.</summary>
internal sealed class SensorWatch
{
    // A wheel moves at some 10 Hz.
    private const double LeastRateHz = 30;

    // A driving vehicle shakes in every sensor's last digit.
    private const double StuckSeconds = 1;
    private const double DrivingMps = 2;

    // No sensor's range ends below 1.5 g; two equal readings in a row above it are the range's end.
    private const double LeastRangeMps2 = 15;
    private const double AtTheEnd = 0.999;
    private const double BeyondTheEnd = 1.01;

    private const double LongestGapSeconds = 1;

    private AccelSample _last;
    private bool _any;
    private double _spacing;
    private double _same;
    private double _range = double.MaxValue;

    /// <summary>Seconds since the reading before it; where its time is not later, what usually lies between two.</summary>
    public double Since { get; private set; }

    /// <summary>Null for a reading that can be believed.</summary>
    /// <param name="sample">The next reading.</param>
    /// <param name="speedMps">Speed over ground; 0 when unknown.</param>
    public NotAssessed? Look(in AccelSample sample, double speedMps)
    {
        var dt = _any ? (sample.Time - _last.Time).TotalSeconds : 0;
        Since = dt > 0 ? dt : _spacing;
        if (!float.IsFinite(sample.X) || !float.IsFinite(sample.Y) || !float.IsFinite(sample.Z)) return NotAssessed.NotANumber;
        var (before, had) = (_last, _any);
        (_last, _any) = (sample, true);
        if (!had) return null;
        if (dt <= 0) return NotAssessed.TimeBackwards;
        dt = Math.Min(dt, LongestGapSeconds);
        // Of the time between readings, not of its inverse: what comes in bursts is not faster for it.
        _spacing = _spacing == 0 ? dt : _spacing + 0.02 * (dt - _spacing);
        _same = sample.X == before.X && sample.Y == before.Y && sample.Z == before.Z ? _same + dt : 0;
        if (_spacing * LeastRateHz > 1) return NotAssessed.TooSlowRate;
        if (_same >= StuckSeconds && speedMps >= DrivingMps) return NotAssessed.Stuck;
        return IsAtEnd(sample, before) ? NotAssessed.Saturated : null;
    }

    private bool IsAtEnd(in AccelSample sample, in AccelSample before)
    {
        Learn(sample.X, before.X);
        Learn(sample.Y, before.Y);
        Learn(sample.Z, before.Z);
        return Math.Max(Math.Abs(sample.X), Math.Max(Math.Abs(sample.Y), Math.Abs(sample.Z))) >= AtTheEnd * _range;

        void Learn(float value, float previous)
        {
            var size = Math.Abs(value);
            // It was no end: equal by chance.
            if (size > BeyondTheEnd * _range) _range = double.MaxValue;
            if (value == previous && size >= LeastRangeMps2) _range = Math.Min(_range, size);
        }
    }
}
