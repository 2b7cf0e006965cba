namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// What one pass says that a shock may have been, as if all kinds were equally common. The rest to one is rough road and everything
/// else.
/// </summary>
/// <param name="Pothole">Chance, 0 to 1.</param>
/// <param name="Casting">Of a casting, a joint or a rail.</param>
/// <param name="Hump">Of a hump.</param>
public readonly record struct ShockChances(double Pothole, double Casting, double Hump)
{
    /// <summary>From this chance on a shock may found a site.</summary>
    public const double Founding = 0.25;

    // What shocks that are no potholes come from. Castings outnumber all else.
    private const double CastingShare = 0.6;
    private const double HumpShare = 0.1;
    private const double RestShare = 0.3;

    // No single pass is certain.
    private const double Least = 0.02;
    private const double MostOdds = 3;

    /// <summary>How much more likely the shock is from a pothole than from what else gives shocks, log-odds.</summary>
    /// <param name="castings">How common castings are at the place, over what is usual.</param>
    /// <param name="humps">How common humps are.</param>
    public double PotholeOdds(double castings, double humps)
    {
        var (casting, hump) = (CastingShare * castings, HumpShare * humps);
        return Bounded(Pothole, (casting * Casting + hump * Hump + RestShare * Math.Max(0, 1 - Pothole - Casting - Hump)) / (casting + hump + RestShare));
    }

    /// <summary>How much more likely it is from what belongs there than from a pothole, log-odds.</summary>
    public double StructureOdds => Bounded((CastingShare * Casting + HumpShare * Hump) / (CastingShare + HumpShare), Pothole);

    private static double Bounded(double a, double b) => Math.Clamp(Math.Log(Math.Max(a, Least) / Math.Max(b, Least)), -MostOdds, MostOdds);
}
