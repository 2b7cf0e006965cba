namespace ThreeOneOne.Field.Agent.Sensing.Response;

/// <summary>
/// What the power in each band of vertical acceleration stands for at a speed. A band sees the waves of the road that pass
/// at its frequency: 4 Hz are waves of 2.5 m at 10 m/s and of 1.25 m at 5 m/s. On a road of ISO 8608's shape the reference
/// car has a known power in the band and the roughness index a known share from those waves; their ratio is the weight. So
/// speed is taken out by what it does, wave by wave, and not by one exponent.
/// </summary>
internal static class ResponseWeights
{
    /// <summary>Ratio of neighbouring bands' centres.</summary>
    public const double Step = 1.3608;

    public const double Sharpness = 2.2;

    private const double SlowestMps = 3, SpeedStep = 1.06;
    private const int Speeds = 46;
    private const int Points = 400;
    private const double LeastHz = 0.05, MostHz = 45;

    // Mean distance from zero over root mean square of a normal variable, squared; and m/m to m/km.
    private const double MeanAbsolute = 2 / Math.PI, MPerKm = 1000;

    /// <summary>Centres of the bands, 0.5 to 20 Hz.</summary>
    public static readonly double[] Hz = [.. Enumerable.Range(0, 13).Select(k => 0.5 * Math.Pow(Step, k))];

    private static readonly Lazy<double[,]> Table = new(Make);

    /// <summary>(m/km)² per (m/s²)² of each band at a speed.</summary>
    public static void At(double speedMps, Span<double> weights)
    {
        var table = Table.Value;
        var place = Math.Clamp(Math.Log(Math.Max(speedMps, SlowestMps) / SlowestMps) / Math.Log(SpeedStep), 0, Speeds - 1.001);
        var (row, share) = ((int)place, place - (int)place);
        for (var k = 0; k < Hz.Length; k++) weights[k] = table[row, k] + (table[row + 1, k] - table[row, k]) * share;
    }

    private static double[,] Make()
    {
        var table = new double[Speeds, Hz.Length];
        var grid = MostHz / LeastHz;
        for (var row = 0; row < Speeds; row++)
        {
            var speed = SlowestMps * Math.Pow(SpeedStep, row);
            var felt = new double[Hz.Length];
            var counted = new double[Hz.Length];
            for (var i = 0; i < Points; i++)
            {
                var hz = LeastHz * Math.Pow(grid, (i + 0.5) / Points);
                var wave = hz / speed;
                // Slope of density one, as ISO 8608's exponent of −2 has it; heights are slope over 2π times the wave number.
                var width = hz * Math.Log(grid) / Points / speed;
                var power = ReferenceCar.AccelerationPower(hz, wave) / Math.Pow(Math.Tau * wave, 2) * VerticalFilter.PowerGain(hz) * width;
                for (var k = 0; k < Hz.Length; k++) felt[k] += PowerGain(hz, Hz[k]) * power;
                var band = Math.Clamp((int)Math.Round(Math.Log(hz / Hz[0]) / Math.Log(Step)), 0, Hz.Length - 1);
                counted[band] += ReferenceCar.IndexPower(wave) * width;
            }

            for (var k = 0; k < Hz.Length; k++) table[row, k] = MeanAbsolute * MPerKm * MPerKm * counted[k] / felt[k];
        }

        return table;
    }

    private static double PowerGain(double hz, double centreHz)
    {
        var off = Sharpness * (hz / centreHz - centreHz / hz);
        return 1 / Math.Pow(1 + off * off, 2);
    }
}
