using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>Photos, voice notes and signatures of the crews.</summary>
public sealed class AttachmentsOptions
{
    public const string Section = "Attachments";

    /// <summary>Longest file that is taken, bytes; at least what the vehicles are configured to take.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxFileBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Room on the disk that files leave free for everything else, bytes; below it no piece is taken.</summary>
    [Range(0, 1024L * 1024 * 1024 * 1024)]
    public long KeepFreeBytes { get; set; } = 256L * 1024 * 1024;
}
