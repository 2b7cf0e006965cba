using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>
/// What a receiver makes of the true place: an error that wanders over half a minute (satellite geometry, reflections),
/// a little white noise, and its filter's delay.
/// </summary>
public sealed class GpsReceiver(Random random)
{
    private const double WanderSeconds = 40;
    private const double WanderM = 1.7;
    private const double WhiteM = 0.25;
    private const double FilterSeconds = 0.2;

    private double _east = WanderM * Gaussian.Next(random);
    private double _north = WanderM * Gaussian.Next(random);

    /// <summary>One fix: place, dilution of precision, satellites. Call once per <paramref name="sinceSeconds"/>.</summary>
    public (Place At, double Hdop, int Satellites) Measure(Place truth, double heading, double speedMps, double sinceSeconds)
    {
        var keep = Math.Exp(-sinceSeconds / WanderSeconds);
        var push = WanderM * Math.Sqrt(1 - keep * keep);
        _east = _east * keep + push * Gaussian.Next(random);
        _north = _north * keep + push * Gaussian.Next(random);
        var lag = speedMps * FilterSeconds;
        var at = new Place(
            truth.X - Math.Cos(heading) * lag + _east + WhiteM * Gaussian.Next(random),
            truth.Y - Math.Sin(heading) * lag + _north + WhiteM * Gaussian.Next(random));
        var hdop = Math.Round(Math.Max(0.6, 0.9 + 0.08 * Gaussian.Next(random) + 0.05 * (Math.Abs(_east) + Math.Abs(_north))), 1);
        return (at, hdop, 9 + (int)(Math.Abs(_east) * 10) % 4);
    }

    /// <summary>Course over ground in degrees from north of a heading in radians from east.</summary>
    public static double CourseDeg(double heading) => ((90 - heading * 180 / Math.PI) % 360 + 360) % 360;
}
