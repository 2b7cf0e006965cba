namespace ThreeOneOne.Field.Hub.Rehearsal;

/// <summary>What changed rules do to one request.</summary>
public enum Difference
{
    None,

    /// <summary>Only the changed rules open it.</summary>
    Opened,

    /// <summary>Only today's rules open it.</summary>
    NotOpened,

    /// <summary>Both open it; the changed rules withdraw it.</summary>
    Withdrawn,

    /// <summary>Both open it; only today's rules withdraw it.</summary>
    Kept,

    /// <summary>Both have it, in different places.</summary>
    Moved,
}
