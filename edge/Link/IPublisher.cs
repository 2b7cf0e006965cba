namespace ThreeOneOne.Field.Link;

/// <summary>
/// A long-lived session that publishes and receives: what a vehicle holds, and what the hub sends its downlink by. It
/// connects and reconnects by itself; messages are never kept by the link, the caller owns what must not be lost.
/// </summary>
public interface IPublisher : IAsyncDisposable
{
    /// <summary>True while the broker has accepted the session.</summary>
    bool IsConnected { get; }

    /// <summary>
    /// Connection changes, newest state last; bounded, the oldest is dropped when nobody reads. The first entry arrives
    /// with the first connection or failure.
    /// </summary>
    IAsyncEnumerable<LinkEvent> Events(CancellationToken stop);

    /// <summary>
    /// Messages of the subscribed topics, in order. Bounded: when the reader is slow, the oldest is dropped and counted,
    /// because everything sent down is state that is sent again.
    /// </summary>
    IAsyncEnumerable<LinkMessage> Messages(CancellationToken stop);

    /// <summary>
    /// Publishes and waits for the broker's answer: for QoS 0 until handed to the socket, for QoS 1 until PUBACK.
    /// A result of <see cref="DeliveryResult.Accepted"/> is flow control only: a broker's acknowledgement is not durable.
    /// </summary>
    ValueTask<DeliveryResult> PublishAsync(string topic, ReadOnlyMemory<byte> payload, Qos qos, bool retain, CancellationToken stop);
}
