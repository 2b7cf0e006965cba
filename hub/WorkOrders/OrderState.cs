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
    public const string MadeSafe = "made-safe";
    public const string Waiting = "waiting";
    public const string HandedOver = "handed-over";
    public const string TemporaryRepair = "temporary-repair";
    public const string CouldNotComplete = "could-not-complete";
    public const string FieldComplete = "field-complete";
    public const string Reviewed = "reviewed";
    public const string Cancelled = "cancelled";

    public static readonly string[] All =
    [
        Unassigned, Assigned, Accepted, Arrived, Started, Suspended, MadeSafe, Waiting, HandedOver, TemporaryRepair, CouldNotComplete, FieldComplete,
        Reviewed, Cancelled,
    ];

    /// <summary>States in which an order is on its crew's vehicle.</summary>
    public static readonly string[] OnBoard = [Assigned, Accepted, Arrived, Started, Suspended, MadeSafe, Waiting, HandedOver];

    /// <summary>States in which it waits for a crew.</summary>
    public static readonly string[] WithoutCrew = [Unassigned, HandedOver];

    /// <summary>States in which nothing is left to do on it.</summary>
    public static readonly string[] Ended = [FieldComplete, Reviewed, TemporaryRepair, Cancelled];

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

    /// <summary>Repair points, by whichever crew.</summary>
    public int Points { get; init; }

    /// <summary>Code of the controlled list; null while the work isn't done.</summary>
    public string? Resolution { get; init; }

    /// <summary>When the permanent repair is due, or the wait should end, Unix milliseconds.</summary>
    public long? UntilMs { get; init; }

    /// <summary>It interrupted other work.</summary>
    public bool Emergency { get; init; }

    /// <summary>Somebody of the crew said that the emergency was read.</summary>
    public bool Acknowledged { get; init; }

    /// <summary>The action that decided a complete, temporarily repaired or could-not-complete order.</summary>
    public OrderEvent? Decided { get; init; }

    /// <summary>Whether somebody did the work, so that only a review can change the state.</summary>
    public bool IsDone => State is FieldComplete or Reviewed;
}
