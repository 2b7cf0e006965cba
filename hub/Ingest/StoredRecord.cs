using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>A record that was stored for the first time in the current transaction.</summary>
/// <param name="Vehicle">Vehicle id, checked against topic, envelope and registry.</param>
/// <param name="Jurisdiction">From the registry, never from the topic.</param>
/// <param name="Epoch">Outbox epoch.</param>
/// <param name="Record">The record.</param>
/// <param name="ReceivedTime">When the hub read it, UTC.</param>
public sealed record StoredRecord(string Vehicle, string Jurisdiction, string Epoch, WireRecord Record, DateTimeOffset ReceivedTime)
{
    /// <summary><see cref="WireCodec.ContentHash"/> of the record as it arrived.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Names the record for ever: <c>vehicle/epoch/seq</c>.</summary>
    public string Key => $"{Vehicle}/{Epoch}/{Record.Seq}";
}
