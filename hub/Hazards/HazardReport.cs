using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>One report of a danger, as it is kept.</summary>
public sealed record HazardReport
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>Unix milliseconds, work time.</summary>
    public required long AtMs { get; init; }

    public required long UntilMs { get; init; }

    public required long ReceivedMs { get; init; }

    public string? Crew { get; init; }

    public string? Vehicle { get; init; }

    public string? Who { get; init; }

    public long? EndedMs { get; init; }

    public string? EndedBy { get; init; }
}
