namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>A file as an action of one vehicle names it.</summary>
/// <param name="Vehicle">The only vehicle that may send it for this action.</param>
/// <param name="Action">Id of the action.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="Type">Media type.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Refused">Why it is not taken; null when it is.</param>
public sealed record AttachmentUse(string Vehicle, string Action, string Sha256, string Type, long Bytes, string? Refused);
