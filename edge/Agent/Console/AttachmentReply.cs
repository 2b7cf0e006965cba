namespace ThreeOneOne.Field.Agent.Console;

/// <summary>Reply to POST /console/attachments: it is on disk, and an action may name it.</summary>
/// <param name="Saved">Always true; what is not saved is a problem reply.</param>
/// <param name="Sha256">Its name.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Bytes">Its length.</param>
public sealed record AttachmentReply(bool Saved, string Sha256, string Type, int Bytes);
