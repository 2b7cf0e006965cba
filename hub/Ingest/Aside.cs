namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>A message or record that was not applied.</summary>
/// <param name="ReceivedTime">When the hub read it, UTC.</param>
/// <param name="Topic">As received.</param>
/// <param name="Vehicle">From the topic, where it could be read.</param>
/// <param name="Reason">One of <see cref="AsideReason"/>.</param>
/// <param name="Detail">For a technician.</param>
/// <param name="Bytes">What was received; empty where it must not be kept.</param>
/// <param name="RecordKey">Names a record and its content, so that it is kept and counted once; null for a whole message.</param>
public sealed record Aside(
    DateTimeOffset ReceivedTime, string Topic, string? Vehicle, string Reason, string Detail, ReadOnlyMemory<byte> Bytes, string? RecordKey);
