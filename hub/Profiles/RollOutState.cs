namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>How a roll-out stands.</summary>
public enum RollOutState
{
    Unknown = 0,

    /// <summary>Its stages open one after the other.</summary>
    Running,

    /// <summary>All vehicles may have it.</summary>
    Done,

    /// <summary>Too many vehicles were unwell: nobody else gets it.</summary>
    Stopped,

    /// <summary>Another one, or a roll-back, came after it.</summary>
    Replaced,
}
