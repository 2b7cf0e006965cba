namespace ThreeOneOne.Field.Agent.Attachments;

/// <summary>Why a file is not taken.</summary>
public enum AttachmentRefusal
{
    /// <summary>No bytes, or the sender stopped in the middle.</summary>
    Incomplete,

    /// <summary>Not one of the types, or its first bytes are those of another.</summary>
    Type,

    /// <summary>Longer than one file may be.</summary>
    TooLong,

    /// <summary>The vehicle's room for files is used up.</summary>
    Full,
}
