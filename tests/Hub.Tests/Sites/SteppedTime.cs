namespace ThreeOneOne.Field.Hub.Tests.Sites;

/// <summary>A clock that stands until told.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Step(TimeSpan by) => now += by;
}
