using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

/// <summary>A link that writes down every byte, and answers like a hub when told to.</summary>
internal sealed class RecordingPublisher : IPublisher
{
    private readonly Channel<LinkEvent> events = Channel.CreateUnbounded<LinkEvent>();
    private readonly Channel<LinkMessage> messages = Channel.CreateUnbounded<LinkMessage>();

    public ConcurrentQueue<Sent> All { get; } = [];

    public bool IsConnected { get; private set; } = true;

    /// <summary>What becomes of a publish.</summary>
    public Func<string, DeliveryResult> Answer { get; set; } = _ => DeliveryResult.Accepted;

    /// <summary>What becomes of one publish, when that depends on more than the topic.</summary>
    public Func<Sent, DeliveryResult>? AnswerTo { get; set; }

    /// <summary>Called before a publish is answered.</summary>
    public Action<Sent> Publishing { get; set; } = _ => { };

    /// <summary>True: each batch is acknowledged, as a hub does after its commit.</summary>
    public bool Acknowledges { get; set; }

    /// <summary>Content hashes of what it acknowledged.</summary>
    public ConcurrentDictionary<(string Epoch, long Seq), string> Acknowledged { get; } = [];

    public IEnumerable<string> JsonOf(string lane) => All.Where(s => s.Topic.EndsWith($"/{lane}", StringComparison.Ordinal)).Select(s => s.Json);

    public IEnumerable<WireRecord> Records =>
        All.Where(s => s.Topic.EndsWith("/up", StringComparison.Ordinal)).SelectMany(s => s.Batch().Records).Select(r => UpBatchReader.ReadRecord(r));

    public IEnumerable<VehicleStatus> Statuses =>
        All.Where(s => s.Topic.EndsWith("/status", StringComparison.Ordinal)).Select(s => WireCodec.Decode(s.Payload, WireJson.Default.VehicleStatus));

    public void Connect(bool connected)
    {
        IsConnected = connected;
        events.Writer.TryWrite(new LinkEvent(connected, false, connected ? null : "cut by the test"));
    }

    public void Receive<T>(Lane lane, T message, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => messages.Writer.TryWrite(
        new LinkMessage(new Topic("cambridge-ma", "truck-1", lane).ToString(), WireCodec.Encode(message, type), false));

    public IAsyncEnumerable<LinkEvent> Events(CancellationToken stop) => events.Reader.ReadAllAsync(stop);

    public IAsyncEnumerable<LinkMessage> Messages(CancellationToken stop) => messages.Reader.ReadAllAsync(stop);

    public ValueTask<DeliveryResult> PublishAsync(string topic, ReadOnlyMemory<byte> payload, Qos qos, bool retain, CancellationToken stop)
    {
        if (!IsConnected) return new(DeliveryResult.NotConnected);
        var sent = new Sent(topic, payload.ToArray(), qos, retain);
        Publishing(sent);
        var answer = AnswerTo?.Invoke(sent) ?? Answer(topic);
        if (answer != DeliveryResult.Accepted) return new(answer);
        All.Enqueue(sent);
        if (Acknowledges && topic.EndsWith("/up", StringComparison.Ordinal))
        {
            var batch = sent.Batch();
            if (batch.Ask is { } ask) Receive(Lane.Ack, SmallHub.Answer(batch.Epoch, ask, Acknowledged), WireJson.Default.Ack);
            foreach (var record in batch.Records) Acknowledged[(batch.Epoch, UpBatchReader.ReadRecord(record).Seq)] = WireCodec.ContentHash(record.Span);
            if (batch.Records.Count == 0) return new(DeliveryResult.Accepted);
            var ranges = batch.Records.Select(r => UpBatchReader.ReadRecord(r).Seq).Select(s => new[] { s, s }).ToArray();
            Receive(Lane.Ack, new Ack { Epoch = batch.Epoch, Ranges = ranges }, WireJson.Default.Ack);
        }

        return new(DeliveryResult.Accepted);
    }

    public ValueTask DisposeAsync()
    {
        events.Writer.TryComplete();
        messages.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    internal sealed record Sent(string Topic, byte[] Payload, Qos Qos, bool Retain)
    {
        public string Json => Encoding.UTF8.GetString(WireCodec.Decode(Payload).Span);

        public UpBatch Batch() => UpBatchReader.Read(WireCodec.Decode(Payload));
    }
}
