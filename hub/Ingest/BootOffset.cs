namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>One repair of a boot's clock: UTC = <paramref name="OffsetMs"/> + monotonic, as it was known at one moment.</summary>
/// <param name="MonotonicMs">When it was found, on the same monotonic clock.</param>
/// <param name="OffsetMs">Unix milliseconds at monotonic zero.</param>
/// <param name="UncertaintyMs">Bound on its error at that moment.</param>
public sealed record BootOffset(long MonotonicMs, long OffsetMs, long UncertaintyMs)
{
    // A crystal without temperature control, over a summer's day in a cab: 1 ms in 10 s.
    private const long MsPerDriftedMs = 10_000;

    /// <summary>Bound on the error of the time that it gives to another moment of the boot.</summary>
    public long ErrorMsAt(long monotonicMs) => UncertaintyMs + Math.Abs(monotonicMs - MonotonicMs) / MsPerDriftedMs;
}
