using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>Stands in for the broker: queues by lane that outlive a hub, and what the hub published.</summary>
internal sealed class FakeBroker : IHubSessions, IPublisher
{
    public FakeReader Durable { get; } = new();

    public FakeReader Live { get; } = new();

    public ConcurrentQueue<LinkMessage> Published { get; } = new();

    public bool IsConnected => true;

    /// <summary>What every down topic of one lane carried, decoded.</summary>
    public IEnumerable<Ack> Acks => Published.Where(m => Topic.TryParse(m.Topic)?.Lane == Lane.Ack)
        .Select(m => WireCodec.Decode(m.Payload, WireJson.Default.Ack));

    public void Up(string topic, byte[] payload) => Durable.Deliver(new LinkMessage(topic, payload, false));

    public void ToLive(string topic, byte[] payload) => Live.Deliver(new LinkMessage(topic, payload, false));

    public ValueTask<IPublisher> OpenPublisherAsync(string clientId, CancellationToken stop) => ValueTask.FromResult<IPublisher>(this);

    public ValueTask<IBatchReader> OpenReaderAsync(
        string clientId, IReadOnlyList<string> topics, Qos qos, bool cleanSession, int batchSize, CancellationToken stop) =>
        ValueTask.FromResult<IBatchReader>((cleanSession ? Live : Durable).Opened(batchSize));

    public async IAsyncEnumerable<LinkEvent> Events([EnumeratorCancellation] CancellationToken stop)
    {
        yield return new LinkEvent(true, false, null);
        await Task.Delay(Timeout.InfiniteTimeSpan, stop);
    }

    public async IAsyncEnumerable<LinkMessage> Messages([EnumeratorCancellation] CancellationToken stop)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        yield break;
    }

    public ValueTask<DeliveryResult> PublishAsync(string topic, ReadOnlyMemory<byte> payload, Qos qos, bool retain, CancellationToken stop)
    {
        Published.Enqueue(new LinkMessage(topic, payload, retain));
        return ValueTask.FromResult(DeliveryResult.Accepted);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
