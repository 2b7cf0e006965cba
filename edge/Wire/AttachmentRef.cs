namespace ThreeOneOne.Field.Wire;

/// <summary>
/// A photo, voice note or signature that belongs to an action and follows it on <see cref="Lane.File"/>; the action never
/// waits for it.
/// </summary>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hex digits: its name.</param>
/// <param name="Type">Media type, one of <see cref="AttachmentType.All"/>.</param>
/// <param name="Bytes">Its length.</param>
public sealed record AttachmentRef(string Sha256, string Type, int Bytes);
