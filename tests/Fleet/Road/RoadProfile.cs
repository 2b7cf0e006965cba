using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>
/// Heights of one lane under both wheel paths by ISO 8608: displacement density Gd(n) = Gd(n0)·(n/n0)^-2 with
/// n0 = 0.1 cycles/m, which is white noise of slope, here with the longest waves cut off.
/// </summary>
public sealed class RoadProfile
{
    /// <summary>Distance between heights, metres.</summary>
    public const double StepM = 0.1;

    // Waves longer than this are hills, not roughness, metres.
    private const double LongestM = 60;

    // A tyre stands on its patch, not on a point, metres.
    private const double PatchM = 0.2;

    private readonly float[] _left;
    private readonly float[] _right;

    /// <param name="lengthM">Length of the lane, metres.</param>
    /// <param name="roughness">Gd(n0) in m³: 16e-6 is the middle of class A, 64e-6 of B, 256e-6 of C.</param>
    /// <param name="random">Seeded by the lane.</param>
    public RoadProfile(double lengthM, double roughness, Random random)
    {
        var n = (int)(lengthM / StepM) + 2;
        var both = Noise(n, roughness, random);
        // Wheel paths share the long waves and differ in the short ones.
        var own = Noise(n, roughness * 0.35, random);
        _left = new float[n];
        _right = new float[n];
        for (var i = 0; i < n; i++)
        {
            // Lanes meet at height zero, so that no junction is a step.
            var taper = Math.Min(1, Math.Min(i, n - 1 - i) * StepM / 6);
            taper = taper * taper * (3 - 2 * taper);
            _left[i] = (float)(taper * (0.8 * both[i] - own[i]));
            _right[i] = (float)(taper * (0.8 * both[i] + own[i]));
        }
    }

    public double Left(double alongM) => At(_left, alongM);

    public double Right(double alongM) => At(_right, alongM);

    private static double At(float[] heights, double alongM)
    {
        var x = Math.Clamp(alongM / StepM, 0, heights.Length - 1.001);
        var i = (int)x;
        return heights[i] + (heights[i + 1] - heights[i]) * (x - i);
    }

    private static double[] Noise(int n, double roughness, Random random)
    {
        // One-sided slope density (2π·n0)²·Gd(n0), spread over the band up to half a cycle per step.
        var slope = Math.Sqrt(Math.Pow(Math.Tau * 0.1, 2) * roughness / (2 * StepM));
        var keep = 1 - Math.Tau / LongestM * StepM;
        var raw = new double[n];
        var height = 0.0;
        for (var i = 0; i < n; i++) raw[i] = height = height * keep + slope * Gaussian.Next(random) * StepM;
        var patch = (int)Math.Round(PatchM / StepM);
        var smooth = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var k = 0; k <= patch; k++) sum += raw[Math.Max(0, i - k)];
            smooth[i] = sum / (patch + 1);
        }

        return smooth;
    }
}
