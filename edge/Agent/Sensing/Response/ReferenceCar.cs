using System.Numerics;

namespace ThreeOneOne.Field.Agent.Sensing.Response;

/// <summary>
/// The car that an uncalibrated vehicle is taken for: the quarter-car by which the International Roughness Index is defined
/// (Sayers 1995), under both axles of a car whose accelerometer sits between the axles and between the wheel paths.
/// </summary>
internal static class ReferenceCar
{
    /// <summary>Speed at which the index is defined, m/s.</summary>
    public const double IndexMps = 80 / 3.6;

    private const double Tyre = 653, Spring = 63.3, Damper = 6.0, Wheel = 0.15;
    private const double WheelbaseM = 2.8;
    private const double FrontShare = 0.65;

    // The index averages profiles by 250 mm before it drives them.
    private const double AverageM = 0.25;

    // Share of one wheel path's roughness that the other has too, in the waves of 1 to 5 m that make up most of the index.
    private const double Coherence = 0.3;

    /// <summary>Power gain from the height of a road of the wave number to the body's vertical acceleration, 1/s⁴.</summary>
    public static double AccelerationPower(double hz, double cyclesPerM)
    {
        var (body, _) = Move(hz);
        var axles = FrontShare + (1 - FrontShare) * Complex.Exp(new Complex(0, -Math.Tau * cyclesPerM * WheelbaseM));
        var gain = (body * axles).Magnitude * Math.Pow(Math.Tau * hz, 2);
        return gain * gain * (1 + Coherence) / 2;
    }

    /// <summary>Power gain from the slope of a road of the wave number to the slope that the index counts: suspension movement by distance.</summary>
    public static double IndexPower(double cyclesPerM)
    {
        var (body, wheel) = Move(cyclesPerM * IndexMps);
        var half = Math.PI * cyclesPerM * AverageM;
        var gain = (body - wheel).Magnitude * (half < 1e-6 ? 1 : Math.Sin(half) / half);
        return gain * gain;
    }

    // Height of body and wheel over a road of height one.
    private static (Complex Body, Complex Wheel) Move(double hz)
    {
        var s = new Complex(0, Math.Tau * hz);
        var strut = Spring + Damper * s;
        var follow = strut / (s * s + strut);
        var wheel = Tyre / (Wheel * s * s + Tyre + strut - strut * follow);
        return (follow * wheel, wheel);
    }
}
