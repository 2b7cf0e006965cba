using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What a request is opened from.</summary>
public sealed record NewRequest
{
    public required string Service { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>Which way vehicles drove over it, degrees from north: tells the street and its side. Null: not known.</summary>
    public double? CourseDeg { get; init; }

    /// <summary>sensor, crew, person (of the city) or resident.</summary>
    public required string Source { get; init; }

    /// <summary>Who opens it, for its history.</summary>
    public required string Who { get; init; }

    /// <summary>Why, for its history.</summary>
    public required string Why { get; init; }

    /// <summary>Where its life begins: received, review or held.</summary>
    public string Stage { get; init; } = TicketStage.Received;

    /// <summary>The site that it rests on; null for a request by hand.</summary>
    public Site? Site { get; init; }

    public DateTimeOffset? SampledAt { get; init; }

    public string? Description { get; init; }

    /// <summary>The place in the reporter's words.</summary>
    public string? ReportedAddress { get; init; }

    /// <summary>Error of <see cref="At"/> as the reporter's device says, metres.</summary>
    public double? AccuracyM { get; init; }

    /// <summary>The pole that the report names; null: the nearest one.</summary>
    public string? Pole { get; init; }

    /// <summary>Answers to what the service asks, by code: checked with <see cref="Catalogue.Service.AttributeFaults"/>.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>When it was opened at the system that it comes from; null: now.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The target date that it was given there; null: as its service says.</summary>
    public DateTimeOffset? TargetAt { get; init; }

    /// <summary>It has ended there: when, and a resolution of its service.</summary>
    public (DateTimeOffset At, string Resolution)? Ended { get; init; }

    /// <summary>It is known that many name exactly this place, so that it says nothing; they are not counted again.</summary>
    public bool PlaceDoubtful { get; init; }
}
