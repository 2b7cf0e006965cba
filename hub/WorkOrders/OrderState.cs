namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What the history of an order makes of it.</summary>
public sealed record OrderState
{
    public const string Unassigned = "unassigned";
    public const string Assigned = "assigned";
    public const string Accepted = "accepted";
    public const string Arrived = "arrived";
    public const string Started = "started";
    public const string Suspended = "suspended";
    public const string CouldNotComplete = "could-not-complete";
    public const string FieldComplete = "field-complete";
    public const string Cancelled = "cancelled";

    public static readonly string[] All = [Unassigned, Assigned, Accepted, Arrived, Started, Suspended, CouldNotComplete, FieldComplete, Cancelled];

    /// <summary>States in which an order is on its crew's vehicle.</summary>
    public static readonly string[] OnBoard = [Assigned, Accepted, Arrived, Started, Suspended];

    public string State { get; init; } = Unassigned;

    public string? Crew { get; init; }

    /// <summary>Vehicle from which the crew last acted on it.</summary>
    public string? Vehicle { get; init; }

    public string? Reason { get; init; }

    /// <summary>The crew's screen has shown it.</summary>
    public bool Seen { get; init; }

    /// <summary>An action was taken far from the job.</summary>
    public bool Far { get; init; }

    /// <summary>Visits that the state doesn't need: a second completion, work of a crew that no longer had the order.</summary>
    public int Visits { get; init; }

    /// <summary>The action that decided a complete or could-not-complete order.</summary>
    public OrderEvent? Decided { get; init; }
}
