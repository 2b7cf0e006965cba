namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>What is wrong with a file of full length.</summary>
public enum AttachmentFault
{
    /// <summary>Its bytes are not those that the action names.</summary>
    Hash,

    /// <summary>It does not begin like its type.</summary>
    Type,
}
