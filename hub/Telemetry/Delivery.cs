namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>What became of one call to the store.</summary>
/// <param name="Outcome">Taken, refused for good, or to be tried again.</param>
/// <param name="Cause">Why it was not taken.</param>
/// <param name="Pause">How long the store wants to be left alone.</param>
public sealed record Delivery(Delivery.Fate Outcome, string? Cause = null, TimeSpan? Pause = null)
{
    public enum Fate
    {
        Taken,

        /// <summary>The same points will be refused again: they are dropped and counted.</summary>
        Refused,

        /// <summary>The store is not there, busy, or does not let us in: nothing is lost by waiting.</summary>
        Failed,
    }
}
