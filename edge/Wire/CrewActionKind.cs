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

    /// <summary>The crew heeds an order that interrupts its work: somebody read it and goes.</summary>
    Acknowledge,

    /// <summary>The hazard is contained (coned off, switched off, plated); the defect is still there.</summary>
    MakeSafe,

    /// <summary>Repaired for now; the hub opens a permanent repair for <see cref="CrewAction.Until"/>.</summary>
    TemporaryRepair,

    /// <summary>Waits for what <see cref="CrewAction.Reason"/> names: one of <see cref="WaitReason.All"/>.</summary>
    Wait,

    /// <summary>Given to the crew that <see cref="CrewAction.To"/> names, or back to the office.</summary>
    HandOver,

    /// <summary>One repair point of an order that covers an area: place, time and <see cref="CrewAction.Point"/>.</summary>
    Point,

    /// <summary>Labour, equipment or material that the job took: <see cref="CrewAction.Used"/>.</summary>
    Use,

    /// <summary>The crew needs help now. Stands until the office acknowledges it.</summary>
    Duress,

    /// <summary>A problem of <see cref="CrewAction.Service"/> found at this spot, and left as it is: for the office to open.</summary>
    Report,

    /// <summary>A danger at this spot, <see cref="CrewAction.Hazard"/>: for every crew near, until it ends.</summary>
    Hazard,

    /// <summary>A note or files for an order, also after it was finished. Changes nothing of its state.</summary>
    Note,
}
