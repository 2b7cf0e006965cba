using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Keys;

/// <summary>Encryption of what the vehicle keeps on its card. Settings section <c>Sealing</c>.</summary>
[LocalOnly]
public sealed class SealingOptions
{
    /// <summary>
    /// Makes a data key at the first start and encrypts everything from then on. A folder that has a data key stays
    /// encrypted, whatever is said here.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// File with at least 32 random bytes that wraps the data key, mode 0600, best on another partition than the data. A
    /// systemd credential <c>field-agent.data-key</c> comes first; with neither the key is made beside the data, which
    /// protects what a lost key takes with it and nothing else.
    /// </summary>
    public string KeyFile { get; set; } = "";
}
