using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Attachments;

/// <summary>Photos, voice notes and signatures on the vehicle. Settings section <c>Attachments</c>.</summary>
public sealed class AttachmentsOptions
{
    /// <summary>Longest single file, bytes; the hub has a bound of its own.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxFileBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>
    /// Most bytes of all files that wait on the vehicle; beyond it a new one is refused with a clear reply, and none that was
    /// saved is dropped. A budget of its own: photos never cost a record its place.
    /// </summary>
    [Range(1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>A file that no action names is dropped after this, hours: the crew pressed cancel.</summary>
    [Range(1, 24 * 30)]
    public double KeepUnclaimedHours { get; set; } = 24;
}
