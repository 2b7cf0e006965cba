namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What moves a request from stage to stage.</summary>
public enum TicketMove
{
    /// <summary>A person, or earned trust, says that it is one.</summary>
    Accept,

    /// <summary>A person says that it is none.</summary>
    Reject,

    /// <summary>The day has enough of its kind.</summary>
    Hold,

    /// <summary>A held one gets its turn.</summary>
    Release,

    /// <summary>It is the city's to do, and nobody has it.</summary>
    Receive,

    /// <summary>Nobody knows whose it is.</summary>
    Triage,

    /// <summary>It is somebody else's.</summary>
    Refer,

    Assign,

    /// <summary>A crew is there.</summary>
    Begin,

    /// <summary>All work on it waits for something.</summary>
    Wait,

    /// <summary>A crew could not do it.</summary>
    Fail,

    /// <summary>The last work on it is done.</summary>
    Complete,

    /// <summary>A person ends it.</summary>
    Resolve,

    /// <summary>What ended it is taken back.</summary>
    Reopen,

    /// <summary>Evidence no longer carries it, or it turns out to be another request's.</summary>
    Withdraw,

    /// <summary>Evidence carries it again.</summary>
    Reinstate,
}
