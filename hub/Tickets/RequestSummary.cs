namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A service request as lists, the map and the live feed show it.</summary>
public sealed record RequestSummary
{
    /// <summary>Number on screens and paper, such as SR-26-000123.</summary>
    public required string Number { get; init; }

    /// <summary>Service code: <c>street-light-out</c>, <c>pothole</c>.</summary>
    public required string Service { get; init; }

    public required string Title { get; init; }

    /// <summary><c>open</c>, <c>closed</c> or <c>withdrawn</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>received</c>, <c>assigned</c>, <c>in-progress</c>, <c>could-not-complete</c>, <c>field-complete</c> or <c>withdrawn</c>.</summary>
    public required string Stage { get; init; }

    public string? Address { get; init; }

    public required double Lat { get; init; }

    public required double Lon { get; init; }

    /// <summary>1 is most urgent, 4 least.</summary>
    public required int Priority { get; init; }

    /// <summary><c>sensor</c>, <c>crew</c> or <c>person</c>.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The target date.</summary>
    public DateTimeOffset? TargetAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The vehicle's wall clock at the observation that tipped the site; null for a request made by a person.</summary>
    public DateTimeOffset? SampledAt { get; init; }

    public string? Site { get; init; }

    public string? Pole { get; init; }

    /// <summary>Number of the newest work order.</summary>
    public string? Order { get; init; }

    /// <summary>Name of the crew that has it.</summary>
    public string? Crew { get; init; }

    /// <summary>Passes that speak for the defect.</summary>
    public int EvidenceFor { get; init; }

    /// <summary>Passes that speak against it.</summary>
    public int EvidenceAgainst { get; init; }
}
