namespace ThreeOneOne.Field.Wire;

/// <summary>Media types that an attachment may have. No type in it can carry a script.</summary>
public static class AttachmentType
{
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Webp = "image/webp";
    public const string Ogg = "audio/ogg";
    public const string Webm = "audio/webm";

    /// <summary>
    /// What a vehicle made for the city's IT by a command: a packed log, raw readings. Not among <see cref="All"/>: no action
    /// names one, and no page shows it.
    /// </summary>
    public const string Bundle = "application/gzip";

    public static readonly IReadOnlyList<string> All = [Jpeg, Png, Webp, Ogg, Webm];

    /// <summary>True when the first bytes are those of the type that it claims.</summary>
    /// <param name="type">One of <see cref="All"/>.</param>
    /// <param name="head">At least the first 12 bytes.</param>
    public static bool Matches(string type, ReadOnlySpan<byte> head) => type switch
    {
        Jpeg => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        Png => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        Webp => head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8),
        Ogg => head.StartsWith("OggS"u8),
        Webm => head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]),
        Bundle => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]),
        _ => false,
    };
}
