namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Why a key does not open something.</summary>
public enum KeyRefusal
{
    /// <summary>None was sent.</summary>
    Missing,

    /// <summary>Unknown, revoked or expired.</summary>
    Unknown,

    /// <summary>Good, but its role may not do this.</summary>
    NotAllowed,
}
