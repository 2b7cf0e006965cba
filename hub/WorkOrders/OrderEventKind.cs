namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What was done with an order. Stored as words; those of crews are the wire's.</summary>
public enum OrderEventKind
{
    Unknown = 0,

    /// <summary>The office gave it to a crew, or took it back (no crew).</summary>
    Assign,

    /// <summary>The office no longer needs it; has no effect once a crew has begun.</summary>
    Cancel,

    /// <summary>The office gave it to a crew as an emergency, which somebody there must acknowledge.</summary>
    Emergency,

    /// <summary>The office interrupted it for an emergency.</summary>
    Interrupt,

    /// <summary>The office looked at the finished work and took it.</summary>
    Review,

    /// <summary>The office looked at the finished work and wants it done again.</summary>
    SendBack,
    Accept,
    Arrive,
    Start,
    Suspend,
    Complete,
    CannotComplete,
    FixedHere,
    Undo,
    Seen,
    Acknowledge,
    MakeSafe,
    TemporaryRepair,
    Wait,
    HandOver,
    Point,
    Use,
    Duress,

    /// <summary>A crew found a problem and left it as it is.</summary>
    Report,

    /// <summary>A crew found a danger; <c>Hazards</c> keeps it.</summary>
    Hazard,

    /// <summary>A note or files, also after the work was done.</summary>
    Note,
}
