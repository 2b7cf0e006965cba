namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>Normally distributed chance from a seeded source.</summary>
public static class Gaussian
{
    /// <summary>One draw with mean 0 and standard deviation 1 (Box–Muller).</summary>
    public static double Next(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
