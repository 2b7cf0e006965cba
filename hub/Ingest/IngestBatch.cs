using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>What was read from the durable lane in one go.</summary>
public sealed class IngestBatch(IReadOnlyList<LinkMessage> messages, DateTimeOffset receivedTime)
{
    private readonly HashSet<(string Vehicle, string Epoch, string Reason)> refused = [];

    public IReadOnlyList<LinkMessage> Messages { get; } = messages;

    public DateTimeOffset ReceivedTime { get; } = receivedTime;

    /// <summary>Records in order of arrival, also those to keep aside.</summary>
    public List<Incoming> Records { get; } = [];

    /// <summary>What vehicles want to know about their records, in order of arrival.</summary>
    public List<Question> Questions { get; } = [];

    /// <summary>Messages of which no record could be taken.</summary>
    public List<Aside> Unreadable { get; } = [];

    /// <summary>What to tell the vehicles about <see cref="Unreadable"/>, and about <see cref="Questions"/> once committed.</summary>
    public List<Answer> Answers { get; } = [];

    /// <summary>Tells the sender once for each reason that a message of its was not taken.</summary>
    public void Refuse(Topic sender, string epoch, string reason)
    {
        if (refused.Add((sender.Vehicle, epoch, reason)))
            Answers.Add(new Answer(sender with { Lane = Lane.Ack }, new Ack { Epoch = epoch, Ranges = [], Refused = reason }));
    }
}
