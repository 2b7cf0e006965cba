namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// How often passes miss what is at a place, learned there: a hole in the wheel track is hit by everybody, so that one pass that
/// misses it says much; one beside the track is missed by most, and a miss says little.
/// </summary>
internal sealed class MissShare(SitesOptions options)
{
    // The share of all places counts like so many passes.
    private const double PriorPasses = 2;

    private readonly double usual = Math.Exp(-options.SmoothPassWeight);
    private double hits, misses;

    /// <summary>How many times what is usual a miss says now; while nobody hit anything, there is nothing to learn from.</summary>
    public double Telling => options.SmoothPassWeight == 0 || hits == 0
        ? 1
        : -Math.Log((misses + PriorPasses * usual) / (hits + misses + PriorPasses)) / options.SmoothPassWeight;

    public void Take(bool hit, double share)
    {
        if (hit) hits += share;
        else misses += share;
    }

    /// <summary>The place changed.</summary>
    public void Forget() => (hits, misses) = (0, 0);
}
