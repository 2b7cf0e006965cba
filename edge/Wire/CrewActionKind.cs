namespace ThreeOneOne.Field.Wire;

/// <summary>What a crew did with a work order.</summary>
public enum CrewActionKind
{
    Unknown = 0,
    Accept,
    Arrive,
    Start,
    Suspend,

    /// <summary>Field complete: the work is done; the office may still review it.</summary>
    Complete,

    /// <summary>Could not be completed; <see cref="CrewAction.Reason"/> says why.</summary>
    CannotComplete,

    /// <summary>Found and fixed on the spot without an order.</summary>
    FixedHere,

    /// <summary>Takes back an earlier action, named by <see cref="CrewAction.Undoes"/>.</summary>
    Undo,

    /// <summary>The crew's screen has shown the order.</summary>
    Seen,
}
