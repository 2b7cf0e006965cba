namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A service request as lists, the map and the live feed show it.</summary>
public sealed record RequestSummary
{
    /// <summary>Number on screens and paper, such as SR-26-000123.</summary>
    public required string Number { get; init; }

    /// <summary>Service code of the catalogue.</summary>
    public required string Service { get; init; }

    public required string Title { get; init; }

    /// <summary><c>open</c>, <c>closed</c> or <c>withdrawn</c>.</summary>
    public required string Status { get; init; }

    /// <summary>A word of <see cref="TicketStage"/>.</summary>
    public required string Stage { get; init; }

    public string? Address { get; init; }

    public required double Lat { get; init; }

    public required double Lon { get; init; }

    /// <summary>1 is most urgent, 4 least.</summary>
    public required int Priority { get; init; }

    /// <summary><c>sensor</c>, <c>crew</c>, <c>person</c> (of the city) or <c>resident</c>.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The target date.</summary>
    public DateTimeOffset? TargetAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was closed or withdrawn; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

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

    /// <summary>Code of the department that answers for it.</summary>
    public string? Department { get; init; }

    /// <summary>Id of the district.</summary>
    public string? District { get; init; }

    /// <summary>Number of the request that it repeats.</summary>
    public string? Parent { get; init; }

    /// <summary>How many reports repeat it.</summary>
    public int Reports { get; init; }

    /// <summary>How it ended: code of the catalogue.</summary>
    public string? Resolution { get; init; }

    /// <summary>What it waits for: code of the catalogue.</summary>
    public string? WaitReason { get; init; }

    /// <summary>So many reports name exactly this place that it says nothing about where the defect is.</summary>
    public bool PlaceDoubtful { get; init; }

    /// <summary>Whose it is; null until somebody looked.</summary>
    public string? Responsible { get; init; }
}
