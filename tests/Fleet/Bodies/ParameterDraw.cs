using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>Draws parameters from the stripes of their ranges that belong to one set.</summary>
/// <param name="random">Seeded by what is drawn.</param>
/// <param name="set">Whose stripes.</param>
public sealed class ParameterDraw(Random random, ParameterSet set)
{
    private const int Stripes = 8;

    public Random Random => random;

    /// <summary>Evenly between two bounds.</summary>
    public double Between(double low, double high) => low + (high - low) * Share();

    /// <summary>Evenly in the logarithm between two bounds above 0.</summary>
    public double Scale(double low, double high) => low * Math.Pow(high / low, Share());

    /// <summary>True with a chance.</summary>
    public bool Happens(double chance) => random.NextDouble() < chance;

    public double Normal() => Gaussian.Next(random);

    public double Sign() => random.NextDouble() < 0.5 ? -1 : 1;

    private double Share()
    {
        var stripe = 2 * random.Next(Stripes / 2) + (set == ParameterSet.Training ? 1 : 0);
        return (stripe + random.NextDouble()) / Stripes;
    }
}
