namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A step of a request's escalation that was taken: somebody should look before the target date, or after it.</summary>
public sealed record TargetAlert
{
    public required string Id { get; init; }

    /// <summary>Number of the request.</summary>
    public required string Request { get; init; }

    public string? Title { get; init; }

    public string? Address { get; init; }

    public string? Department { get; init; }

    public int Priority { get; init; }

    /// <summary><c>warning</c> before the target date, <c>breach</c> at it, <c>escalation</c> after it.</summary>
    public required string Kind { get; init; }

    /// <summary>Part of the time to the target date that had passed.</summary>
    public required int Percent { get; init; }

    /// <summary>The role that should look.</summary>
    public required string Notify { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The target date as it was then.</summary>
    public DateTimeOffset? TargetAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    /// <summary>When it lost its reason: the request ended.</summary>
    public DateTimeOffset? ClearedAt { get; init; }
}
