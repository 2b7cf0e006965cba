using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>Updates of the agent that come from the hub. Settings section <c>Updates</c>.</summary>
public sealed class UpdatesOptions
{
    /// <summary>PEM with the public keys that releases are signed by; without this file nothing is ever updated.</summary>
    [LocalOnly]
    public string KeysFile { get; set; } = "/etc/field-agent/update-keys.pem";

    /// <summary>Folder of the versions beside the package's own; the launcher looks there too.</summary>
    [Required]
    [LocalOnly]
    public string Folder { get; set; } = "/var/lib/field-agent/versions";

    /// <summary>Time between two questions to the hub, minutes; 0: never asks.</summary>
    [Range(0, 10_080)]
    public double Minutes { get; set; } = 60;

    /// <summary>Longest rate of a download, bytes/s: crews' photos go first.</summary>
    [Range(1_000, 100_000_000)]
    public int BytesPerSecond { get; set; } = 40_000;

    /// <summary>Bytes that must stay free on the disk.</summary>
    [Range(10_000_000, 100_000_000_000)]
    public long KeepFreeBytes { get; set; } = 300_000_000;
}
