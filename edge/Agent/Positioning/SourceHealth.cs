namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>How a source is, for a technician.</summary>
/// <param name="State">Whether it gives readings.</param>
/// <param name="Detail">Why not, in words; null when there is nothing to say.</param>
public sealed record SourceHealth(SourceState State, string? Detail = null)
{
    /// <summary>Readings given since the start.</summary>
    public long Readings { get; init; }

    /// <summary>
    /// Turns of the thread that waits for a driver, since the start: it turns several times a minute whatever the sensor gives. Null for a
    /// source without such a thread.
    /// </summary>
    public long? Turns { get; init; }

    /// <summary>Lines or messages that could not be read since the start.</summary>
    public long Unreadable { get; init; }

    /// <summary>It was heard within its time, with or without usable readings: a receiver under a roof talks and has no fix.</summary>
    public bool Talks { get; init; }

    /// <summary>As the vehicle's health record carries it: <c>ok</c>, or <c>stale: no message for 12 s</c>.</summary>
    public override string ToString() => State switch
    {
        SourceState.Ok => "ok",
        SourceState.Stale => Detail is null ? "stale" : $"stale: {Detail}",
        SourceState.Missing => Detail is null ? "missing" : $"missing: {Detail}",
        _ => Detail is null ? "unknown" : $"unknown: {Detail}",
    };
}
