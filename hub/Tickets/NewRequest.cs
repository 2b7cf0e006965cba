using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What a request is opened from.</summary>
public sealed record NewRequest
{
    public required string Service { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>sensor, crew or person.</summary>
    public required string Source { get; init; }

    /// <summary>Who opens it, for its history.</summary>
    public required string Who { get; init; }

    /// <summary>Why, for its history.</summary>
    public required string Why { get; init; }

    /// <summary>The site that it rests on; null for a request by hand.</summary>
    public Site? Site { get; init; }

    public DateTimeOffset? SampledAt { get; init; }

    public string? Description { get; init; }
}
