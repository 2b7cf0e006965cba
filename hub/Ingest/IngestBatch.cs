using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>What was read from the durable lane in one go.</summary>
public sealed class IngestBatch(IReadOnlyList<LinkMessage> messages, DateTimeOffset receivedTime)
{
    public IReadOnlyList<LinkMessage> Messages { get; } = messages;

    public DateTimeOffset ReceivedTime { get; } = receivedTime;

    /// <summary>Records in order of arrival, also those to keep aside.</summary>
    public List<Incoming> Records { get; } = [];

    /// <summary>Messages of which no record could be taken. They are not acknowledged to the vehicle.</summary>
    public List<Aside> Unreadable { get; } = [];
}
