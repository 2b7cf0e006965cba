using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>A device of the stand-in's registry with its twin. Locked by its owner.</summary>
internal sealed class StandInDevice(string id, byte[]? key)
{
    public string Id => id;

    /// <summary>Symmetric key; null: the device proves itself by a certificate.</summary>
    public byte[]? Key { get; set; } = key;

    /// <summary>Another key that is as good; null: none.</summary>
    public byte[]? SecondKey { get; set; }

    /// <summary>SHA-256 of the certificates that are good, upper-case hexadecimal; empty: any of the authority that names the device.</summary>
    public IReadOnlyList<string> Thumbprints { get; set; } = [];

    public bool IsDisabled { get; set; }

    public string StatusReason { get; set; } = "";

    /// <summary>Counts what was changed of the identity.</summary>
    public int Generation { get; set; } = 1;

    public string ETag => Convert.ToBase64String(BitConverter.GetBytes(Generation));

    public StandInSession? Session { get; set; }

    public JsonObject Desired { get; } = [];

    public JsonObject Reported { get; } = [];

    public int DesiredVersion { get; set; } = 1;

    public int ReportedVersion { get; set; } = 1;
}
