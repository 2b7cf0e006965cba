namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>Why profiles got a new version.</summary>
public enum ReleaseKind
{
    Unknown = 0,

    RollOut,

    /// <summary>Every vehicle gets what it had before the last roll-out.</summary>
    RollBack,

    /// <summary>The hub was restored from a backup: what it means is told anew.</summary>
    Restored,
}
