namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>How far one vehicle is in a roll-out.</summary>
public enum RollOutOutcome
{
    Unknown = 0,

    /// <summary>Its stage has not opened, or it has not answered.</summary>
    Waiting,

    /// <summary>The vehicle tries it.</summary>
    Trying,

    /// <summary>The vehicle proved it.</summary>
    Applied,

    /// <summary>It does not fit the vehicle.</summary>
    Refused,

    /// <summary>The vehicle tried it and took it back.</summary>
    RolledBack,
}
