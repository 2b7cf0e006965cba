namespace ThreeOneOne.Field.Edge.Tests.Sensing;

/// <summary>
/// Vertical acceleration of a car over a road: four reference quarter-cars (Sayers 1995), the axles a wheelbase apart, over
/// noise of slope (ISO 8608) and one obstacle under the right wheels or all, sampled at 100 Hz.
/// </summary>
internal static class QuarterCar
{
    private const double StepSeconds = 0.0025;
    private const int StepsPerSample = 4;
    private const double WheelbaseM = 2.7;

    public static double[] Drive(double speedMps, double lengthM, Func<double, double> obstacle, int seed, double roughness = 40e-6, bool bothTracks = false)
    {
        var random = new Random(seed);
        var metresPerStep = speedMps * StepSeconds;
        var slope = Math.Sqrt(Math.Pow(Math.Tau * 0.1, 2) * roughness / (2 * metresPerStep));
        var steps = (int)(lengthM / metresPerStep) / StepsPerSample * StepsPerSample;
        var road = new double[steps];
        var height = 0.0;
        for (var i = 0; i < steps; i++)
        {
            var gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
            height = height * (1 - Math.Tau / 60 * metresPerStep) + slope * gauss * metresPerStep;
            road[i] = height;
        }

        var samples = new double[steps / StepsPerSample];
        Corner[] right = [new(), new()];
        Corner[] left = [new(), new()];
        var behind = (int)(WheelbaseM / metresPerStep);
        for (var i = 0; i < steps; i++)
        {
            var at = i * metresPerStep;
            samples[i / StepsPerSample] = 0.7 * Axle(0, road[i], Smooth(obstacle, at))
                + 0.3 * Axle(1, i >= behind ? road[i - behind] : 0, Smooth(obstacle, at - WheelbaseM));
        }

        return samples;

        double Axle(int axle, double plain, double thing) =>
            0.6 * right[axle].Step(plain + thing) + 0.4 * left[axle].Step(bothTracks ? plain + thing : plain);
    }

    public static Func<double, double> Hole(double atM, double lengthM, double depthM) => at =>
        at < atM || at > atM + lengthM ? 0 : -depthM * Math.Min(1, Math.Min(at - atM, atM + lengthM - at) / (0.18 * lengthM));

    public static Func<double, double> Hump(double atM, double lengthM, double heightM) => at =>
        at < atM || at > atM + lengthM ? 0 : heightM * Math.Sin(Math.PI * (at - atM) / lengthM);

    // The tyre's patch bridges sharp edges.
    private static double Smooth(Func<double, double> obstacle, double at) => (obstacle(at - 0.09) + obstacle(at) + obstacle(at + 0.09)) / 3;

    private sealed class Corner
    {
        private double _body, _bodySpeed, _wheel, _wheelSpeed;

        public double Step(double road)
        {
            var strut = 63.3 * (_wheel - _body) + 6.0 * (_wheelSpeed - _bodySpeed);
            var tyre = Math.Max(653 * (road - _wheel), -9.81 * 1.15);
            _bodySpeed += strut * StepSeconds;
            _wheelSpeed += (tyre - strut) / 0.15 * StepSeconds;
            _body += _bodySpeed * StepSeconds;
            _wheel += _wheelSpeed * StepSeconds;
            return strut;
        }
    }
}
