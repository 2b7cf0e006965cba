namespace ThreeOneOne.Field.Edge.Tests.Clock;

/// <summary>A board whose wall clock is set by hand and whose monotonic clock counts from its start.</summary>
internal sealed class BoardTime(DateTimeOffset wall) : TimeProvider
{
    public DateTimeOffset Wall { get; set; } = wall;

    public long MonotonicMs { get; set; } = 5_000;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => MonotonicMs;

    public override DateTimeOffset GetUtcNow() => Wall;

    public void Pass(TimeSpan time)
    {
        Wall += time;
        MonotonicMs += (long)time.TotalMilliseconds;
    }
}
