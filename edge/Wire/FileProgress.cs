namespace ThreeOneOne.Field.Wire;

/// <summary>Where the hub is with an attachment.</summary>
public enum FileProgress
{
    Unknown = 0,

    /// <summary>Send on from <see cref="FileState.Next"/>.</summary>
    Wanted,

    /// <summary>Whole, its hash and type checked and durable: the vehicle may drop it.</summary>
    Complete,

    /// <summary>No action that the hub knows names it yet: ask again later.</summary>
    NotExpected,

    /// <summary>Its type, size or hash is wrong: the vehicle keeps it for a person and stops sending.</summary>
    Refused,
}
