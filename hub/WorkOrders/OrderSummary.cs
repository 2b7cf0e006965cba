namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A work order as lists, the map and the live feed show it.</summary>
public sealed record OrderSummary
{
    public required string Id { get; init; }

    /// <summary>Number on screens and paper, such as WO-26-000123.</summary>
    public required string Number { get; init; }

    /// <summary>Number of the service request behind it; null for an order without one.</summary>
    public string? Request { get; init; }

    public required string Service { get; init; }

    public required string Title { get; init; }

    public string? Address { get; init; }

    public required double Lat { get; init; }

    public required double Lon { get; init; }

    /// <summary>
    /// <c>unassigned</c>, <c>assigned</c>, <c>accepted</c>, <c>arrived</c>, <c>started</c>, <c>suspended</c>,
    /// <c>made-safe</c>, <c>waiting</c>, <c>handed-over</c>, <c>temporary-repair</c>, <c>could-not-complete</c>, <c>field-complete</c>,
    /// <c>reviewed</c> or <c>cancelled</c>.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Crew id.</summary>
    public string? Crew { get; init; }

    public string? CrewName { get; init; }

    /// <summary>Vehicle from which the crew last acted on it.</summary>
    public string? Vehicle { get; init; }

    /// <summary>1 is most urgent, 4 least.</summary>
    public required int Priority { get; init; }

    public DateTimeOffset? TargetAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>True when an action was taken far from the job: shown to the office, refused to nobody.</summary>
    public bool Far { get; init; }

    /// <summary>
    /// How far it got to the crew: <c>sent</c> to its vehicle, <c>on-vehicle</c>, <c>seen</c> on the crew's screen; null while no
    /// vehicle should hold it.
    /// </summary>
    public string? Delivery { get; init; }

    /// <summary>Further visits that the state doesn't need, such as a second completion by another crew.</summary>
    public int Visits { get; init; }

    /// <summary><c>repair</c>, <c>make-safe</c>, <c>permanent</c> or <c>inspection</c>.</summary>
    public string Kind { get; init; } = OrderKind.Repair;

    /// <summary>The contractor whose work it is; null: the city's own.</summary>
    public string? Party { get; init; }

    /// <summary>Found and fixed on the spot: target figures leave it out.</summary>
    public bool ByCrew { get; init; }

    /// <summary>Repair points.</summary>
    public int Points { get; init; }

    /// <summary>Why it could not be completed, was suspended or waits.</summary>
    public string? Reason { get; init; }

    /// <summary>Code of the controlled list; null while the work isn't done.</summary>
    public string? Resolution { get; init; }

    /// <summary>When the permanent repair is due, or the wait should end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>It interrupts other work.</summary>
    public bool Emergency { get; init; }

    /// <summary>An emergency that nobody of the crew has said to have read.</summary>
    public bool MustAcknowledge { get; init; }

    /// <summary>Id of the order whose temporary repair it makes permanent.</summary>
    public string? Follows { get; init; }
}
