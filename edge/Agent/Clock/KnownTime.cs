using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>What the monotonic clock of this boot means: UTC = <paramref name="OffsetMs"/> + monotonic.</summary>
/// <param name="OffsetMs">Unix milliseconds at monotonic zero.</param>
/// <param name="UncertaintyMs">Bound on the error when it was found.</param>
/// <param name="Source">GPS or the network.</param>
/// <param name="FoundAtMs">When it was found, on the monotonic clock.</param>
public sealed record KnownTime(long OffsetMs, int UncertaintyMs, ClockSource Source, long FoundAtMs)
{
    // A crystal without temperature control in a cab drifts by up to 100 ppm.
    private const long MsPerDriftedMs = 10_000;

    /// <summary>Bound on the error at a moment of the boot, milliseconds.</summary>
    public int ErrorMsAt(long monotonicMs) =>
        (int)Math.Min(int.MaxValue, UncertaintyMs + Math.Abs(monotonicMs - FoundAtMs) / MsPerDriftedMs);

    public DateTimeOffset At(long monotonicMs) => DateTimeOffset.FromUnixTimeMilliseconds(OffsetMs + monotonicMs);
}
