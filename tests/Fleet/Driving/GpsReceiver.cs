using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>
/// What a receiver makes of the true place: an error that wanders over half a minute (satellite geometry, reflections), a little
/// white noise, its filter's delay, and between tall buildings reflections that put it metres away without always saying so.
/// </summary>
public sealed class GpsReceiver(Random random, ReceiverTraits? traits = null)
{
    /// <summary>The oldest place that it may give, seconds.</summary>
    public const double MostAgeSeconds = 1.5;

    private const double CourseLeastMps = 0.7;
    private const double CanyonVelocity = 6;
    private const double CanyonWaitSeconds = 25;
    private const double AstrayPullSeconds = 1;
    private const double SearchSeconds = 3;

    private static readonly int Kept = (int)(MostAgeSeconds / Driver.StepSeconds) + 2;

    private readonly ReceiverTraits _traits = traits ?? ReceiverTraits.Usual;
    private readonly List<(Place At, double Heading, double SpeedMps)> _past = [];
    private readonly Random _skyRandom = new(random.Next());
    private double _east = (traits ?? ReceiverTraits.Usual).WanderM * Gaussian.Next(random);
    private double _north = (traits ?? ReceiverTraits.Usual).WanderM * Gaussian.Next(random);
    private SkyAbove _sky;
    private double _blindSeconds;
    private double _astraySeconds;
    private Place _astray;
    private Place _astrayGoal;
    private double _astrayHdop;

    /// <summary>How it errs.</summary>
    public ReceiverTraits Traits => _traits;

    /// <summary>The vehicle has moved on for <see cref="Driver.StepSeconds"/>.</summary>
    public void Move(Place truth, double heading, double speedMps, SkyAbove sky = SkyAbove.Open)
    {
        if (_past.Count == Kept) _past.RemoveAt(0);
        _past.Add((truth, heading, speedMps));
        _sky = sky;
        _blindSeconds = sky == SkyAbove.Tunnel ? SearchSeconds : Math.Max(0, _blindSeconds - Driver.StepSeconds);
        GoAstray();
    }

    /// <summary>The fix of this moment; null while it has none. Call once per <paramref name="sinceSeconds"/>, after <see cref="Move"/>.</summary>
    public ReceiverFix? Measure(double sinceSeconds)
    {
        Wander(sinceSeconds);
        if (_blindSeconds > 0 || _past.Count == 0) return null;
        var at = Past(_traits.AgeSeconds).At;
        var (_, heading, speed) = Past(_traits.SpeedAgeSeconds ?? _traits.AgeSeconds);
        var sigma = _traits.VelocityMps * (_sky == SkyAbove.Canyon ? CanyonVelocity : 1);
        var (vx, vy) = (speed * Math.Cos(heading) + sigma * Gaussian.Next(random), speed * Math.Sin(heading) + sigma * Gaussian.Next(random));
        var said = Math.Sqrt(vx * vx + vy * vy);
        var (place, hdop, satellites) = Err(new Place(at.X + _astray.X, at.Y + _astray.Y));
        return new ReceiverFix(place, said, said > CourseLeastMps ? CourseDeg(Math.Atan2(vy, vx)) : null, Math.Round(hdop + _astrayHdop, 1), satellites);
    }

    /// <summary>One fix by itself: place, dilution of precision, satellites. Call once per <paramref name="sinceSeconds"/>.</summary>
    public (Place At, double Hdop, int Satellites) Measure(Place truth, double heading, double speedMps, double sinceSeconds)
    {
        Wander(sinceSeconds);
        var lag = speedMps * _traits.AgeSeconds;
        return Err(new Place(truth.X - Math.Cos(heading) * lag, truth.Y - Math.Sin(heading) * lag));
    }

    /// <summary>Course over ground in degrees from north of a heading in radians from east.</summary>
    public static double CourseDeg(double heading) => ((90 - heading * 180 / Math.PI) % 360 + 360) % 360;

    private void Wander(double sinceSeconds)
    {
        var keep = Math.Exp(-sinceSeconds / _traits.WanderSeconds);
        var push = _traits.WanderM * Math.Sqrt(1 - keep * keep);
        _east = _east * keep + push * Gaussian.Next(random);
        _north = _north * keep + push * Gaussian.Next(random);
    }

    private (Place At, double Hdop, int Satellites) Err(Place at)
    {
        var hdop = Math.Round(Math.Max(0.6, 0.9 + 0.08 * Gaussian.Next(random) + 0.05 * (Math.Abs(_east) + Math.Abs(_north))), 1);
        var place = new Place(at.X + _east + _traits.WhiteM * Gaussian.Next(random), at.Y + _north + _traits.WhiteM * Gaussian.Next(random));
        return (place, hdop, 9 + (int)(Math.Abs(_east) * 10) % 4);
    }

    private (Place At, double Heading, double SpeedMps) Past(double ageSeconds)
    {
        var back = Math.Min(Math.Min(ageSeconds, MostAgeSeconds) / Driver.StepSeconds, _past.Count - 1);
        var whole = (int)back;
        var a = _past[_past.Count - 1 - whole];
        if (whole + 1 >= _past.Count) return a;
        var b = _past[_past.Count - 2 - whole];
        var share = back - whole;
        return (a.At.Towards(b.At, share), a.Heading + share * Math.IEEERemainder(b.Heading - a.Heading, Math.Tau), a.SpeedMps + share * (b.SpeedMps - a.SpeedMps));
    }

    // Some satellites are heard by their reflections only: 5 to 30 m off for 10 to 60 s, and in two cases of five HDOP says it.
    private void GoAstray()
    {
        _astraySeconds -= Driver.StepSeconds;
        if (_sky != SkyAbove.Canyon || _astraySeconds <= 0)
        {
            if (_astraySeconds <= 0 || _sky == SkyAbove.Open) (_astrayGoal, _astrayHdop) = (default, 0);
            if (_sky == SkyAbove.Canyon && _skyRandom.NextDouble() < Driver.StepSeconds / CanyonWaitSeconds)
            {
                var (far, towards) = (5 + 25 * _skyRandom.NextDouble(), Math.Tau * _skyRandom.NextDouble());
                _astrayGoal = new Place(far * Math.Cos(towards), far * Math.Sin(towards));
                _astrayHdop = _skyRandom.NextDouble() < 0.4 ? 0.5 + 2.5 * _skyRandom.NextDouble() : 0;
                _astraySeconds = 10 + 50 * _skyRandom.NextDouble();
            }
        }

        _astray = _astray.Towards(_astrayGoal, Driver.StepSeconds / AstrayPullSeconds);
    }
}
