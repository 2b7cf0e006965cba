using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Finds shocks: vertical acceleration far above what this road has shown, while driving. Both axles over one thing are
/// one shock; it is concluded when the ride is quiet again.
/// </summary>
public sealed class ShockStep(SensingOptions options) : SensingStep
{
    // A phone's or a slower sensor's samples do not show a wheel's movement.
    private const double LeastRateHz = 30;
    private const double SettleSeconds = 3;
    private const double RmsSeconds = 8;
    private const double BeforeSeconds = 0.5;
    private const double LongestSeconds = 3;

    // The trace shows 0.64 s about the peak at 100 Hz.
    private const double TraceHz = 105;
    private const int TraceBefore = 24;
    private const int TraceValues = 64;

    private readonly VerticalFilter _filter = new();
    private readonly List<(double Vertical, MotionReading Reading)> _window = [];
    private double _meanSquare;
    private bool _inShock;
    private double _quietSeconds;
    private double _threshold;

    public override void Take(in MotionReading reading)
    {
        if (_filter.Next(reading.Sample) is not { } vertical)
        {
            Reset();
            return;
        }

        var dt = 1 / Math.Max(1, _filter.RateHz);
        _window.Add((vertical, reading));
        var assessed = _filter.RateHz >= LeastRateHz && _filter.RunningSeconds > SettleSeconds && reading.Place.SpeedMps >= options.MinRoadSpeedMps;
        if (_inShock)
        {
            // The rear axle follows by the wheelbase.
            var wait = Math.Max(0.3, 1.3 * options.WheelbaseM / Math.Max(2, reading.Place.SpeedMps));
            _quietSeconds = Math.Abs(vertical) < _threshold / 2 ? _quietSeconds + dt : 0;
            var seconds = (reading.Sample.Time - _window[0].Reading.Sample.Time).TotalSeconds;
            if (_quietSeconds >= wait || seconds > LongestSeconds) End(assessed && seconds <= LongestSeconds);
            return;
        }

        var rms = Math.Sqrt(_meanSquare);
        if (assessed && Math.Abs(vertical) > Threshold(rms, reading.Place.SpeedMps))
        {
            _inShock = true;
            _quietSeconds = 0;
            _threshold = Threshold(rms, reading.Place.SpeedMps);
            TrimBefore();
            return;
        }

        if (reading.Place.SpeedMps >= options.MinRoadSpeedMps)
        {
            var square = Math.Min(vertical * vertical, 9 * Math.Max(_meanSquare, 0.04));
            _meanSquare += Math.Min(1, dt / RmsSeconds) * (square - _meanSquare);
        }

        // Trimmed in one go now and then: moving the whole list at each sample would cost more than all the rest.
        if (_window.Count > 4 * BeforeSeconds * _filter.RateHz) TrimBefore();
    }

    public override void BreakMotion()
    {
        _filter.Break();
        if (_inShock) End(report: false);
        Reset();
    }

    private void TrimBefore() => _window.RemoveRange(0, Math.Max(0, _window.Count - (int)(BeforeSeconds * _filter.RateHz)));

    private double Threshold(double rms, double speedMps) =>
        Math.Max(options.MinShockMps2 * Math.Clamp(Math.Sqrt(speedMps / options.ReferenceSpeedMps), 0.6, 1.3), options.ShockOverRms * rms);

    private void End(bool report)
    {
        _inShock = false;
        if (report) Report(new ShockWindow([.. _window.Select(w => w.Vertical)], _filter.RateHz, _window[0].Reading.Place.SpeedMps));
        _window.Clear();
    }

    private void Report(ShockWindow shock)
    {
        // The front axle's first touch is where the thing lies.
        var first = _window[shock.FirstAt].Reading;
        if (first.Place.Hdop > options.MaxHdop) return;
        var (kind, confidence) = ShockRule.Judge(shock);
        var stride = Math.Max(1, (int)Math.Ceiling(_filter.RateHz / TraceHz));
        var from = Math.Max(0, shock.PeakAt - TraceBefore * stride);
        var values = _window.Skip(from).Where((_, i) => i % stride == 0).Take(TraceValues).Select(w => (int)Math.Round(w.Vertical * 100));
        Conclude(new Conclusion(first.Place, first.DeviceTime, first.MonotonicMs)
        {
            Shock = new ShockObservation
            {
                At = first.Place.At.Rounded(),
                Kind = kind,
                PeakMps2 = Math.Round(shock.Peak, 2),
                DurationMs = (int)(shock.Seconds * 1000),
                SpeedMps = Math.Round(first.Place.SpeedMps, 2),
                CourseDeg = first.Place.CourseDeg,
                Hdop = first.Place.Hdop,
                Confidence = confidence,
                Trace = [.. values],
                TraceStepMs = Math.Round(1000 * stride / _filter.RateHz, 1),
                Rule = ShockRule.Version,
            },
        });
    }

    private void Reset()
    {
        _window.Clear();
        _inShock = false;
    }
}
