using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Finds shocks: what stands out of the road in a window of 1.28 s, and which of the model's classes is most likely. Both axles over one
/// thing are one shock, at the front axle's first touch. What the vehicle or its people did, and plain road, are told nobody.
/// </summary>
public sealed class ShockStep : SensingStep
{
    // From this chance on it may have been a hole: evidence where it is told, and no smooth pass where it is not.
    private const double MayBeHole = 0.05;

    // Who turns so far within four seconds goes round a corner, where the body's roll is like a wheel in a hole; what noise of the course and
    // a street's own bends come to stays below.
    private const double CornerDeg = 35;

    private const double PartOfPeak = 0.35;

    // As hard as this at the reference speed is half of all severity.
    private const double MiddleMps2 = 8;

    private readonly SensingOptions _options;
    private readonly ShockModel _model;
    private readonly ShockCutter _cutter;
    private DateTimeOffset _over;

    public ShockStep(SensingOptions options)
        : this(options, ShockWeights.Model)
    {
    }

    internal ShockStep(SensingOptions options, ShockModel model)
    {
        (_options, _model) = (options, model);
        _cutter = new ShockCutter(options);
    }

    public override void Take(in MotionReading reading)
    {
        _cutter.Take(reading);
        while (_cutter.TryTake(out var window)) Judge(window);
    }

    public override void BreakMotion()
    {
        _cutter.Break();
        while (_cutter.TryTake(out var window)) Judge(window);
    }

    private void Judge(CutWindow window)
    {
        var touch = window.Readings[window.FirstTouch(_options.WheelbaseM)];
        if (touch.Place.Hdop > _options.MaxHdop) return;
        Span<float> features = stackalloc float[ShockFeatures.Names.Count];
        Span<double> chances = stackalloc double[ShockModel.Classes];
        window.Features(features);
        _model.Chances(features, chances);
        var likeliest = ShockClass.Pothole;
        for (var c = ShockClass.Pothole; c <= ShockClass.Quiet; c++)
        {
            if (chances[(int)c] > chances[(int)likeliest]) likeliest = c;
        }

        var mayBeHole = chances[(int)ShockClass.Pothole] >= MayBeHole;
        // A rough road is told by its roughness.
        var told = likeliest is ShockClass.Pothole or ShockClass.Casting or ShockClass.Hump || (likeliest == ShockClass.Rough && mayBeHole);
        if (!window.IsWhole || window.TurnDeg > CornerDeg || (told && touch.Sample.Time < _over))
        {
            // Half of something, or what a bend may have done, or the rest of what was told: no smooth pass, and no second shock.
            Conclude(new Conclusion(touch.Place, touch.DeviceTime, touch.MonotonicMs) { Felt = true });
        }
        else if (told)
        {
            // The rear axle of a slow vehicle may come after the window.
            _over = window.Readings[^1].Sample.Time.AddSeconds(1.3 * _options.WheelbaseM / Math.Max(1, touch.Place.SpeedMps));
            Conclude(new Conclusion(touch.Place, touch.DeviceTime, touch.MonotonicMs) { Shock = Observe(window, touch, likeliest, chances) });
        }
        else if (mayBeHole || likeliest != ShockClass.Quiet)
        {
            Conclude(new Conclusion(touch.Place, touch.DeviceTime, touch.MonotonicMs) { Felt = true });
        }
    }

    private ShockObservation Observe(CutWindow window, in MotionReading touch, ShockClass likeliest, ReadOnlySpan<double> chances)
    {
        var (peakAt, peak) = window.Peak;
        var mean = window.Z.Average();
        var last = Array.FindLastIndex(window.Z, z => Math.Abs(z - mean) >= PartOfPeak * peak);
        var first = Array.FindIndex(window.Z, z => Math.Abs(z - mean) >= PartOfPeak * peak);
        var speed = window.Readings[peakAt].Place.SpeedMps;
        return new ShockObservation
        {
            At = touch.Place.At.Rounded(),
            Kind = likeliest switch
            {
                ShockClass.Pothole => ShockKind.Pothole,
                ShockClass.Casting => ShockKind.Casting,
                ShockClass.Hump => ShockKind.Hump,
                _ => ShockKind.RoughRoad,
            },
            PeakMps2 = Math.Round(peak, 2),
            DurationMs = (int)(1000 * (last - first + 1) / ShockFeatures.RateHz),
            SpeedMps = Math.Round(touch.Place.SpeedMps, 2),
            CourseDeg = touch.Place.CourseDeg,
            Hdop = touch.Place.Hdop,
            Confidence = Math.Round(chances[(int)likeliest], 3),
            Chances = Rounded(chances),
            Severity = Math.Round(Severity(peak, speed), 3),
            Trace = Array.ConvertAll(window.Z, z => (int)Math.Round((z - mean) * 100)),
            TraceStepMs = 1000 / ShockFeatures.RateHz,
            Rule = _model.Version,
        };
    }

    // A shock grows with about the root of the speed.
    private double Severity(double peakMps2, double speedMps)
    {
        var strength = peakMps2 / Math.Sqrt(Math.Max(1, speedMps) / _options.ReferenceSpeedMps);
        return strength / (strength + MiddleMps2);
    }

    private static double[] Rounded(ReadOnlySpan<double> chances)
    {
        var told = new double[ShockObservation.ChanceCount];
        for (var c = 0; c < told.Length - 1; c++) told[c] = Math.Round(chances[c], 3);
        told[^1] = Math.Round(Math.Max(0, 1 - told.Sum()), 3);
        return told;
    }
}
