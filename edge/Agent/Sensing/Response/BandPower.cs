using System.Numerics;

namespace ThreeOneOne.Field.Agent.Sensing.Response;

/// <summary>Instantaneous power of a signal in one band: a band-pass of second order twice over, and its output squared.</summary>
internal sealed class BandPower
{
    private readonly double _gain, _first, _second;
    private double _a, _b, _c, _d;

    /// <param name="centreHz">Middle of the band.</param>
    /// <param name="sharpness">Centre over width at −3 dB of each of the two.</param>
    /// <param name="rateHz">Sampling rate; more than twice the centre.</param>
    public BandPower(double centreHz, double sharpness, double rateHz)
    {
        var w = Math.Tau * centreHz / rateHz;
        var alpha = Math.Sin(w) / (2 * sharpness);
        (_gain, _first, _second) = (alpha / (1 + alpha), -2 * Math.Cos(w) / (1 + alpha), (1 - alpha) / (1 + alpha));
        const int Steps = 1000;
        for (var i = 0; i < Steps; i++) WidthHz += PowerGain((i + 0.5) / Steps / 2) * rateHz / 2 / Steps;
    }

    /// <summary>Width of the rectangle that lets as much white noise through, Hz.</summary>
    public double WidthHz { get; }

    public double Next(double value)
    {
        var inner = value - _first * _a - _second * _b;
        var once = _gain * (inner - _b);
        (_b, _a) = (_a, inner);
        inner = once - _first * _c - _second * _d;
        var twice = _gain * (inner - _d);
        (_d, _c) = (_c, inner);
        return twice * twice;
    }

    private double PowerGain(double cyclesPerSample)
    {
        var z = Complex.Exp(new Complex(0, -Math.Tau * cyclesPerSample));
        var one = (_gain * (1 - z * z) / (1 + _first * z + _second * z * z)).Magnitude;
        return one * one * one * one;
    }
}
