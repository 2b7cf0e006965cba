namespace ThreeOneOne.Field.Wire;

/// <summary>What a crew needs of a work order when there is no signal.</summary>
public sealed record OrderCopy
{
    public required string Id { get; init; }

    /// <summary>Number on screens and paper, such as WO-26-000123.</summary>
    public required string Number { get; init; }

    /// <summary>Number of the service request behind it; null for an order without one.</summary>
    public string? Request { get; init; }

    /// <summary>Service code from the hub's catalogue ("street-light-out", "pothole").</summary>
    public required string Service { get; init; }

    public required string Title { get; init; }

    public string? Address { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>Asset id of the pole, for street lights.</summary>
    public string? Pole { get; init; }

    /// <summary>1 is most urgent, 4 least.</summary>
    public int Priority { get; init; }

    public DateTimeOffset? TargetDate { get; init; }

    public string? Note { get; init; }

    /// <summary>State at the hub when sent: assigned, accepted, arrived, started, suspended.</summary>
    public string? State { get; init; }
}
