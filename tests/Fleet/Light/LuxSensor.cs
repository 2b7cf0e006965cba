using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Light;

/// <summary>A light sensor on the roof: the street's light, headlights of what comes the other way, its own scale and noise.</summary>
/// <param name="lighting">The city's.</param>
/// <param name="random">Of traffic and noise.</param>
/// <param name="gain">What it makes of a lux: dirt on its dome, its place on the roof.</param>
public sealed class LuxSensor(StreetLighting lighting, Random random, double gain = 1)
{
    private double _headlights;
    private double _untilNext = 5;
    private double _passing;

    /// <summary>One reading, lux, at the end of a driver's step.</summary>
    public double Read(Driver driver, DateTimeOffset now)
    {
        var segment = driver.Edge.Segment;
        if (!segment.OneWay) Traffic(segment.Major ? 12 : 45);
        var lux = lighting.LuxAt(driver.At, segment.Major, now) + _headlights;
        return Math.Max(0, gain * lux * (1 + 0.02 * Gaussian.Next(random)) + 0.03 * Gaussian.Next(random));
    }

    private void Traffic(double meanSeconds)
    {
        if (_passing > 0)
        {
            _passing -= Driver.StepSeconds;
            _headlights *= _passing > 0.8 ? 1.25 : 0.8;
            if (_passing <= 0) _headlights = 0;
            return;
        }

        _untilNext -= Driver.StepSeconds;
        if (_untilNext > 0) return;
        _untilNext = -meanSeconds * Math.Log(1 - random.NextDouble());
        _passing = 1.6;
        _headlights = 0.4 + 0.6 * random.NextDouble();
    }
}
