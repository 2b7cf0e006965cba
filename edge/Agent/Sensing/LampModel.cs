namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// What a lit light shows: the inverse square of the distance times the cosine at the level sensor, E = I·h / (h² + d²)^1.5,
/// with the intensity I learned from lights that were clearly lit. Lights of one fixture type share an intensity as soon
/// as enough of them were seen; it also carries the sensor's own scale.
/// </summary>
internal sealed class LampModel(double heightM)
{
    /// <summary>Lit lights seen before anything is expected of another one.</summary>
    private const int Enough = 3;

    private const int Remembered = 60;

    private readonly List<double> _all = [];
    private readonly Dictionary<string, List<double>> _byFixture = [];

    public bool IsCalibrated => _all.Count >= Enough;

    /// <summary>Share of the intensity that arrives at a horizontal distance, 1/m².</summary>
    public double Share(double distanceM) => heightM / Math.Pow(heightM * heightM + distanceM * distanceM, 1.5);

    /// <summary>Illuminance of a usual lit light, lux. Only when calibrated.</summary>
    public double ExpectedLux(string fixture, double distanceM) => Share(distanceM) * UsualCd(fixture);

    /// <summary>Intensity of a usual lit light, candela, the sensor's scale included. Only when calibrated.</summary>
    public double UsualCd(string fixture) => Median(Learned(fixture));

    /// <summary>A light that was clearly lit showed this much above the floor.</summary>
    public void Learn(string fixture, double distanceM, double aboveFloorLux)
    {
        var intensity = aboveFloorLux / Share(distanceM);
        Keep(_all, intensity);
        if (!_byFixture.TryGetValue(fixture, out var own)) _byFixture[fixture] = own = [];
        Keep(own, intensity);
    }

    private static void Keep(List<double> values, double value)
    {
        values.Add(value);
        if (values.Count > Remembered) values.RemoveAt(0);
    }

    private List<double> Learned(string fixture) => _byFixture.TryGetValue(fixture, out var own) && own.Count >= Enough ? own : _all;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
