using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>Sends to each vehicle the way it speaks: through IoT Hub or through the broker, whose connection this one's is.</summary>
internal sealed class JoinedPublisher(IPublisher broker, AzureOptions options, AzureDownlink azure) : IPublisher
{
    public bool IsConnected => broker.IsConnected;

    public IAsyncEnumerable<LinkEvent> Events(CancellationToken stop) => broker.Events(stop);

    public IAsyncEnumerable<LinkMessage> Messages(CancellationToken stop) => broker.Messages(stop);

    public ValueTask<DeliveryResult> PublishAsync(string topic, ReadOnlyMemory<byte> payload, Qos qos, bool retain, CancellationToken stop) =>
        Topic.TryParse(topic) is { } to && options.Takes(to.Vehicle) ? azure.SendAsync(to, payload, stop) : broker.PublishAsync(topic, payload, qos, retain, stop);

    public ValueTask DisposeAsync() => broker.DisposeAsync();
}
