namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>How a sensor is fixed to the vehicle, and its own faults.</summary>
/// <param name="RateHz">Samples a second; a whole number of them fills a tenth of a second.</param>
/// <param name="YawRad">Turned about the vertical.</param>
/// <param name="PitchRad">Tilted forward or back.</param>
/// <param name="RollRad">Tilted aside.</param>
/// <param name="Bias">What each axis shows too much, m/s².</param>
/// <param name="DriftMps2">How far all axes wander with temperature over a shift, m/s².</param>
/// <param name="RangeMps2">It shows no more than this either way.</param>
/// <param name="StepMps2">Smallest difference that it shows.</param>
/// <param name="NoiseMps2">Its own noise, root mean square.</param>
/// <param name="HolderHz">Frequency of the holder or panel that it sits on; 0: bolted to the body.</param>
/// <param name="HolderDamping">Of the holder.</param>
/// <param name="HolderShare">How much of the movement goes through the holder.</param>
/// <param name="DropShare">Share of blocks of samples that are lost.</param>
public sealed record SensorMount(
    int RateHz, double YawRad, double PitchRad, double RollRad, (double X, double Y, double Z) Bias, double DriftMps2, double RangeMps2, double StepMps2,
    double NoiseMps2, double HolderHz, double HolderDamping, double HolderShare, double DropShare)
{
    private const double Gravity = 9.81;
    private static readonly int[] Rates = [50, 100, 100, 200, 400];

    /// <summary>Faultless, upright and at 100 Hz: what the demo drives.</summary>
    public static SensorMount Standard { get; } = new(100, 0, 0, 0, default, 0, double.MaxValue, 0, 0, 0, 0, 0, 0);

    /// <summary>Any sensor of a fleet: bolted nearly upright, or stuck on as it came.</summary>
    public static SensorMount Any(ParameterDraw draw)
    {
        var askew = draw.Happens(0.25);
        var tilt = askew ? 0.9 : 0.1;
        return new SensorMount(
            Rates[draw.Random.Next(Rates.Length)], askew ? draw.Between(-Math.PI, Math.PI) : draw.Between(-0.15, 0.15), tilt * draw.Between(-1, 1), tilt * draw.Between(-1, 1),
            (draw.Between(-0.4, 0.4), draw.Between(-0.4, 0.4), draw.Between(-0.5, 0.5)), draw.Between(0, 0.3),
            Gravity * (draw.Happens(0.4) ? 2 : draw.Happens(0.6) ? 4 : 8), draw.Scale(0.002, 0.04), draw.Scale(0.01, 0.08),
            draw.Happens(0.7) ? draw.Scale(9, 35) : 0, draw.Between(0.06, 0.35), draw.Between(0.15, 1), draw.Happens(0.3) ? draw.Scale(0.0005, 0.01) : 0);
    }
}
