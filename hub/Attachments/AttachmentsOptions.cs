using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>Photos, voice notes and signatures of the crews.</summary>
public sealed class AttachmentsOptions
{
    public const string Section = "Attachments";

    /// <summary>Longest file that is taken, bytes; at least what the vehicles are configured to take.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxFileBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Whether people see JPEGs encoded anew from their pixels, in a child process (Debian's libjpeg-turbo-progs); else only taken apart.</summary>
    public bool Reencode { get; set; } = true;

    /// <summary>Days that crews' photos and signatures are kept from their arrival; 0: for ever, as the record of the work.</summary>
    [Range(0, 36_500)]
    public int PhotoDays { get; set; }

    /// <summary>Days that voice notes are kept; 0: for ever.</summary>
    [Range(0, 36_500)]
    public int VoiceDays { get; set; }

    /// <summary>Days that residents' photos are kept; 0: for ever. A hold keeps any file whatever its time.</summary>
    [Range(0, 36_500)]
    public int ResidentDays { get; set; }

    /// <summary>
    /// File with at least 32 random bytes, mode 0600, best on another disk: what is received from now on is encrypted with it.
    /// What was there before stays readable. Without the file nothing that was encrypted can be read again: a backup does not
    /// hold it. Empty: not encrypted.
    /// </summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Room on the disk that files leave free for everything else, bytes; below it no piece is taken.</summary>
    [Range(0, 1024L * 1024 * 1024 * 1024)]
    public long KeepFreeBytes { get; set; } = 256L * 1024 * 1024;
}
