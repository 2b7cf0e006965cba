namespace ThreeOneOne.Field.Hub.Tests.Access;

/// <summary>The system's clock, put forward by as much as a test says; timers stay real.</summary>
internal sealed class TestClock : TimeProvider
{
    private TimeSpan ahead;

    public void Advance(TimeSpan by) => ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
