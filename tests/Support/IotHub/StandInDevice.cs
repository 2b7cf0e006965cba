using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>A device of the stand-in's registry with its twin and what waits for it. Locked by its owner.</summary>
internal sealed class StandInDevice(string id, byte[]? key)
{
    public string Id => id;

    /// <summary>Symmetric key; null: the device proves itself by a certificate.</summary>
    public byte[]? Key => key;

    public StandInSession? Session { get; set; }

    public JsonObject Desired { get; } = [];

    public JsonObject Reported { get; } = [];

    public int DesiredVersion { get; set; } = 1;

    public int ReportedVersion { get; set; } = 1;

    /// <summary>The device subscribed once with a session that is kept: messages wait for it.</summary>
    public bool KeepsSession { get; set; }

    public Queue<(string Bag, byte[] Body)> Waiting { get; } = new();
}
