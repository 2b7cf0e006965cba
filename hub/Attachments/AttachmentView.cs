namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>A photo, voice note or signature as the pages show it.</summary>
/// <param name="Sha256">For <c>GET /api/attachments/{sha256}</c>.</param>
/// <param name="Type">Media type.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="State"><c>on-its-way</c>, <c>received</c> or <c>refused</c>.</param>
/// <param name="Received">Bytes that are here.</param>
/// <param name="Vehicle">Vehicle that has it or had it.</param>
/// <param name="Action">Id of the action that names it.</param>
/// <param name="ReceivedAt">When it was whole; null before.</param>
/// <param name="Reason">Why it was refused.</param>
public sealed record AttachmentView(
    string Sha256, string Type, long Bytes, string State, long Received, string Vehicle, string Action, DateTimeOffset? ReceivedAt, string? Reason);
