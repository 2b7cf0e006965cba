namespace ThreeOneOne.Field.Fleet.Light;

/// <summary>What is wrong with a street light for a time.</summary>
/// <param name="Kind">What.</param>
/// <param name="From">World time.</param>
/// <param name="Until">When it was mended, world time.</param>
/// <param name="Share">Of its light that is left, where the kind is <see cref="LampFaultKind.Dim"/> or <see cref="LampFaultKind.Partial"/>.</param>
public sealed record LampFault(LampFaultKind Kind, DateTimeOffset From, DateTimeOffset Until, double Share = 0)
{
    private static readonly TimeSpan On = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan Off = TimeSpan.FromMinutes(4);

    /// <summary>Share of its usual light that it gives, with a beat of its own where it cycles.</summary>
    /// <param name="now">World time.</param>
    /// <param name="phase">0 to 1.</param>
    public double LeftAt(DateTimeOffset now, double phase) => Kind switch
    {
        _ when now < From || now >= Until => 1,
        LampFaultKind.Out => 0,
        LampFaultKind.Dim or LampFaultKind.Partial => Share,
        // A sodium lamp at its end: burns until it is hot, goes out, cools, strikes again.
        LampFaultKind.Cycling => Beat(now, phase) < On / (On + Off) ? 1 : 0,
        _ => 1,
    };

    private static double Beat(DateTimeOffset now, double phase)
    {
        var beats = now.ToUnixTimeMilliseconds() / (On + Off).TotalMilliseconds + phase;
        return beats - Math.Floor(beats);
    }
}
