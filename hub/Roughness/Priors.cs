namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>
/// What is known of vehicles, streets and passes before any of them is driven. Of vehicles and passes: the ten simulated ones with parameters of the training set
/// of seeds 1 and 2, held against true profiles (tests/Evaluation). All are of logarithms of power: half of it is roughness's.
/// </summary>
internal static class Priors
{
    /// <summary>A city's vehicle feels more than the reference car: it is stiffer, and its sensor sits on a holder.</summary>
    public const double Response = 0.8;

    /// <summary>By how much real vehicles may feel more or less than simulated ones, all together: no number of vehicles takes it away.</summary>
    public const double ResponseSpread = 0.3;

    /// <summary>What is left of the exponent of speed.</summary>
    public const double Slope = -0.3;

    /// <summary>A vehicle's own shaking over what it tells of it by what shakes above 38 Hz: a holder that resonates below hides most of it.</summary>
    public const double HumByTold = 2;

    /// <summary>By how much a vehicle's own shaking grows with the logarithm of speed, as a share of it.</summary>
    public const double HumSlope = 0.3, HumSlopeSpread = 0.4;

    /// <summary>The smoothest twentieth of a city's streets: sound asphalt of some years, 1.5 m/km within 30 %.</summary>
    public static readonly double Smoothest = 2 * Math.Log(1.5);

    private const double SmoothestSpread = 0.6;

    /// <summary>Fewer pieces than this say little of a twentieth of them.</summary>
    public const double FewPieces = 20;

    /// <summary>Pieces about the middle of their part, at least.</summary>
    public const double CitySpread = 1.2;

    /// <summary>What a vehicle feels differs by piece from what its response says: axles, mounting and body choose among the waves.</summary>
    public const double PieceSpread = 0.10;

    /// <summary>A pass differs from the next: another line, another speed profile.</summary>
    public const double PassSpread = 0.13;

    /// <summary>The wheel paths differ in what a body's vertical movement cannot show, however many vehicles pass.</summary>
    public const double PathSpread = 0.07;

    /// <summary>A profiler's own error, and that of its piece's ends.</summary>
    public const double ProfilerSpread = 0.10;

    /// <summary>Roughness below it is nowhere, square.</summary>
    public static readonly double Least = 2 * Math.Log(0.4);

    /// <summary>Standard deviation of a vehicle's own shaking, (m/km)², by what it tells of it. One that shakes far more than it tells is not held back.</summary>
    public static double HumSpread(double told, double found) => 3 + 3 * told + 1.5 * found;

    /// <summary>Variance of the smoothest twentieth of so many pieces.</summary>
    public static double SmoothestVariance(int pieces) => SmoothestSpread * SmoothestSpread * (1 + FewPieces / pieces);
}
