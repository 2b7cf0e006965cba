namespace ThreeOneOne.Field.Link;

/// <summary>Waits between attempts: doubled from the first to the longest, each between half and all of it by chance, so
/// that a fleet does not come back in step after an outage.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, Random chance)
{
    private const int MostDoublings = 30;

    private int attempts;

    public TimeSpan Next()
    {
        var whole = first * (1 << Math.Min(attempts++, MostDoublings));
        return (whole < longest ? whole : longest) * (0.5 + chance.NextDouble() / 2);
    }

    public void Reset() => attempts = 0;

    /// <summary>The same client always gets the same chances; two clients get different ones.</summary>
    public static Random ChanceOf(string clientId)
    {
        var seed = 17;
        foreach (var c in clientId) seed = unchecked(seed * 31 + c);
        return new Random(seed);
    }
}
