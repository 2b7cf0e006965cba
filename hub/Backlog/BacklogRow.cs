using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Backlog;

/// <summary>A request that a city has already, as far as its row can be used.</summary>
public sealed record BacklogRow
{
    public required long Line { get; init; }

    /// <summary>Its number there.</summary>
    public required string Id { get; init; }

    public required Service Service { get; init; }

    public required GeoPoint At { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? TargetAt { get; init; }

    /// <summary>When and how it ended; null while it is open.</summary>
    public (DateTimeOffset At, string Resolution)? Ended { get; init; }

    public required string Source { get; init; }

    public string? Address { get; init; }

    public string? Text { get; init; }

    /// <summary>A pole that the row names.</summary>
    public string? Pole { get; init; }
}
