namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>A crew and its present shift, as lists and the live feed show it.</summary>
public sealed record CrewSummary
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>on</c>, <c>off</c>, <c>break</c> or <c>callOut</c>.</summary>
    public required string Shift { get; init; }

    /// <summary>The vehicle that the crew is signed on to; null off shift.</summary>
    public string? Vehicle { get; init; }
}
