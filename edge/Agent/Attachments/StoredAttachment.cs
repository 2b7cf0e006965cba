using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Attachments;

/// <summary>A file on the vehicle.</summary>
/// <param name="Ref">Its name, type and length, as an action says them.</param>
/// <param name="Saved">When it was saved, by the wall clock.</param>
/// <param name="SinceMs">When it was saved or found at the start, by the monotonic clock.</param>
public sealed record StoredAttachment(AttachmentRef Ref, DateTimeOffset Saved, long SinceMs);
