using ThreeOneOne.Field.Agent.Clock;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>When something may leave, and how long to wait for an answer. Not thread-safe; the lane locks.</summary>
internal sealed class Pace(UplinkOptions options, DeviceClock clock, Random jitter)
{
    private const long ShortestHoldMs = 1_000;
    private const long LongestHoldMs = 60_000;
    private const int MostDoublings = 16;

    private int timeouts;
    private long refusalMs = ShortestHoldMs;
    private long holdUntilMs;
    private long drainUntilMs;

    /// <summary>True while nothing may leave.</summary>
    public bool Holds => clock.MonotonicMs < holdUntilMs;

    /// <summary>True while the backlog's rate allows more.</summary>
    public bool MayDrain => clock.MonotonicMs >= drainUntilMs;

    public void Hold(long ms = ShortestHoldMs) => holdUntilMs = Math.Max(holdUntilMs, clock.MonotonicMs + ms);

    /// <summary>The broker's rules refuse: they may change, but not within a second.</summary>
    public void Refused()
    {
        Hold(refusalMs);
        refusalMs = Math.Min(2 * refusalMs, LongestHoldMs);
    }

    public void Allowed() => refusalMs = ShortestHoldMs;

    public void Drained(int bytes)
    {
        if (options.DrainBytesPerSecond > 0)
            drainUntilMs = Math.Max(drainUntilMs, clock.MonotonicMs) + (bytes * 1000L / options.DrainBytesPerSecond);
    }

    public void TimedOut() => timeouts++;

    public void Answered() => timeouts = 0;

    /// <summary>
    /// How long to wait for an answer: doubled at each time-out, and spread, so that a fleet does not resend in step to a hub
    /// that is catching up.
    /// </summary>
    public long WaitMs()
    {
        var seconds = Math.Min(options.AckSeconds * Math.Pow(2, Math.Min(timeouts, MostDoublings)), options.AckSecondsMax);
        return (long)(seconds * 1000 * (0.8 + (0.4 * jitter.NextDouble())));
    }

    /// <summary>The next moment at which to look again.</summary>
    /// <param name="deadlines">Of what is on its way, monotonic.</param>
    public TimeSpan NextLook(params IEnumerable<long?> deadlines)
    {
        var now = clock.MonotonicMs;
        var next = deadlines.Append(holdUntilMs > now ? holdUntilMs : null).Append(drainUntilMs > now ? drainUntilMs : null).Min();
        return next is { } at ? TimeSpan.FromMilliseconds(Math.Max(1, at - now)) : Timeout.InfiniteTimeSpan;
    }
}
