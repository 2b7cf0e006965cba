namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What was done with an order. Stored as words; those of crews are the wire's.</summary>
public enum OrderEventKind
{
    Unknown = 0,

    /// <summary>The office gave it to a crew, or took it back (no crew).</summary>
    Assign,

    /// <summary>The office no longer needs it; has no effect once a crew has begun.</summary>
    Cancel,
    Accept,
    Arrive,
    Start,
    Suspend,
    Complete,
    CannotComplete,
    FixedHere,
    Undo,
    Seen,
}
