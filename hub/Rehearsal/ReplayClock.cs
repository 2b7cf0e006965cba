namespace ThreeOneOne.Field.Hub.Rehearsal;

/// <summary>The clock of a replay: as late as what was received last.</summary>
public sealed class ReplayClock : TimeProvider
{
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Moves on; never back.</summary>
    public void MoveTo(DateTimeOffset at) => now = at > now ? at : now;
}
