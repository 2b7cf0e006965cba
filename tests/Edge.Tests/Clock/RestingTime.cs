namespace ThreeOneOne.Field.Edge.Tests.Clock;

/// <summary>Both clocks of a busy computer that began at one moment: every fourth look comes 20 ms after the one before it.</summary>
internal sealed class RestingTime(DateTimeOffset began) : TimeProvider
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private TimeSpan passed = TimeSpan.FromHours(1);
    private int looks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => began + Look();

    public override long GetTimestamp() => Look().Ticks;

    private TimeSpan Look()
    {
        passed += looks++ % 4 == 1 ? Rest : TimeSpan.FromMicroseconds(5);
        return passed;
    }
}
