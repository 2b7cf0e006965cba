namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What one pass says that a shock may have been. The rest to one is rough road and everything else.</summary>
/// <param name="Pothole">Probability, 0 to 1.</param>
/// <param name="Structure">Of a casting, a joint or a hump: what belongs there.</param>
public readonly record struct ShockChances(double Pothole, double Structure)
{
    // No single pass is certain.
    private const double Least = 0.02;

    /// <summary>From this chance on a shock may found a site.</summary>
    public const double Founding = 0.25;

    /// <summary>The log-odds of a pothole.</summary>
    public double PotholeOdds => Math.Log(Within(Pothole) / (1 - Within(Pothole)));

    /// <summary>How much rather a structure than a pothole, log-odds.</summary>
    public double StructureOdds => Math.Log(Math.Max(Structure, Least) / Math.Max(Pothole, Least));

    private static double Within(double chance) => Math.Clamp(chance, Least, 1 - Least);
}
