namespace ThreeOneOne.Field.Agent.Sensing.Response;

/// <summary>
/// Power of vertical acceleration by band, and beside it the power far above what a sprung body can follow: engine, panels and
/// the sensor itself. Taken as white, that part is subtracted from every band: a smooth road would else be as rough as the
/// dashboard hums.
/// </summary>
internal sealed class ResponseBands
{
    /// <summary>Bands, and the quiet one after them.</summary>
    public static readonly int Count = ResponseWeights.Hz.Length + 1;

    private const double QuietShare = 0.38, MostQuietHz = 40, QuietSharpness = 4;

    // Beyond this the filters belong to another sensor.
    private const double RateSlack = 0.05;

    // Bands above this share of the rate are folded.
    private const double MostShare = 0.42;

    private readonly double _rateHz;
    private readonly BandPower?[] _bands;

    public ResponseBands(double rateHz)
    {
        _rateHz = rateHz;
        _bands = [
            .. ResponseWeights.Hz.Select(hz => hz < MostShare * rateHz ? new BandPower(hz, ResponseWeights.Sharpness, rateHz) : null),
            new BandPower(Math.Min(MostQuietHz, QuietShare * rateHz), QuietSharpness, rateHz),
        ];
    }

    public bool Fits(double rateHz) => Math.Abs(rateHz / _rateHz - 1) < RateSlack;

    /// <summary>Adds the power of the next sample to sums by band.</summary>
    public void Add(double verticalMps2, Span<double> sums)
    {
        for (var k = 0; k < _bands.Length; k++)
        {
            if (_bands[k] is { } band) sums[k] += band.Next(verticalMps2);
        }
    }

    /// <summary>
    /// The square of estimated roughness, (m/km)², which may be below zero on a smooth road, so that sums have no bias; and what was
    /// taken off it.
    /// </summary>
    public (double Square, double Hum) Square(ReadOnlySpan<double> sums, int samples, double speedMps)
    {
        Span<double> weights = stackalloc double[ResponseWeights.Hz.Length];
        ResponseWeights.At(speedMps, weights);
        var density = sums[^1] / samples / _bands[^1]!.WidthHz;
        var (all, hum) = (0.0, 0.0);
        for (var k = 0; k < weights.Length; k++)
        {
            if (_bands[k] is not { } band) continue;
            all += weights[k] * sums[k] / samples;
            hum += weights[k] * band.WidthHz * density;
        }

        return (all - hum, hum);
    }
}
