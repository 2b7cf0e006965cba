using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Threading.Channels;
using MQTTnet;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// <see cref="IPublisher"/> over MQTTnet. <see cref="LinkOptions.UnsentBytes"/> does not apply: the library keeps its
/// socket to itself.
/// </summary>
public sealed class MqttPublisher : IPublisher, ISessionOwner
{
    private const int EventQueue = 64;
    private const int PacketHead = 16;

    private readonly LinkOptions options;
    private readonly SessionLoop loop;
    private readonly SemaphoreSlim inFlight;
    private readonly Channel<LinkEvent> events;
    private readonly Channel<LinkMessage> messages;
    private LinkEvent? lastEvent;
    private long dropped;
    private volatile Connection? live;

    private MqttPublisher(LinkOptions options, TimeProvider time)
    {
        this.options = options;
        inFlight = new SemaphoreSlim(options.InFlight);
        events = Channel.CreateBounded<LinkEvent>(new BoundedChannelOptions(EventQueue) { FullMode = BoundedChannelFullMode.DropOldest });
        messages = Channel.CreateBounded<LinkMessage>(
            new BoundedChannelOptions(options.MessageQueue) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref dropped));
        loop = new SessionLoop(options, time, this, receivesBatches: false);
    }

    public bool IsConnected => live is not null;

    /// <summary>Messages dropped because nobody read them in time.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Starts a session; it connects in the background.</summary>
    public static MqttPublisher Start(LinkOptions options, TimeProvider time)
    {
        var publisher = new MqttPublisher(options, time);
        publisher.loop.Start();
        return publisher;
    }

    public IAsyncEnumerable<LinkEvent> Events(CancellationToken stop) => events.Reader.ReadAllAsync(stop);

    public IAsyncEnumerable<LinkMessage> Messages(CancellationToken stop) => messages.Reader.ReadAllAsync(stop);

    public async ValueTask<DeliveryResult> PublishAsync(string topic, ReadOnlyMemory<byte> payload, Qos qos, bool retain, CancellationToken stop)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        if (topic.AsSpan().ContainsAny('+', '#')) throw new ArgumentException($"'{topic}' is a pattern, not a topic", nameof(topic));
        if (live is not { } connection) return DeliveryResult.NotConnected;
        if (Encoding.UTF8.GetByteCount(topic) + payload.Length + PacketHead > connection.LongestPacket) return DeliveryResult.TooLarge;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop, connection.Lost);
        late.CancelAfter(options.PublishTimeout);
        var heard = connection.Heard;
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = SessionOptions.Level(qos),
            Retain = retain,
        };
        var result = await PublishAsync(connection, message, qos, late.Token).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (result != DeliveryResult.NotConnected || connection.Lost.IsCancellationRequested || !late.IsCancellationRequested) return result;
        // A half-open connection looks alive to both kernels.
        if (connection.Heard == heard) loop.Drop();
        return DeliveryResult.TimedOut;
    }

    public async ValueTask DisposeAsync()
    {
        await loop.DisposeAsync().ConfigureAwait(false);
        events.Writer.TryComplete();
        messages.Writer.TryComplete();
        inFlight.Dispose();
    }

    void ISessionOwner.Ready(Connection connection)
    {
        live = connection;
        Report(new LinkEvent(true, connection.SessionPresent, null));
    }

    void ISessionOwner.Message(Connection connection, MqttApplicationMessageReceivedEventArgs message) => messages.Writer.TryWrite(
        new LinkMessage(message.ApplicationMessage.Topic, message.ApplicationMessage.Payload.ToArray(), message.ApplicationMessage.Retain));

    void ISessionOwner.Closed(string reason)
    {
        live = null;
        Report(new LinkEvent(false, false, reason));
    }

    [SuppressMessage("Design", "CA1031", Justification = "The library throws many kinds when the connection goes; all mean the same here.")]
    private async Task<DeliveryResult> PublishAsync(Connection connection, MqttApplicationMessage message, Qos qos, CancellationToken late)
    {
        var counted = false;
        try
        {
            if (qos == Qos.AtLeastOnce) await inFlight.WaitAsync(late).ConfigureAwait(false);
            counted = qos == Qos.AtLeastOnce;
            var answer = await connection.Client.PublishAsync(message, late).ConfigureAwait(false);
            connection.NoteHeard();
            return answer.IsSuccess ? DeliveryResult.Accepted
                : answer.ReasonCode == (MqttClientPublishReasonCode)149 ? DeliveryResult.TooLarge
                : DeliveryResult.Refused;
        }
        catch (Exception)
        {
            return DeliveryResult.NotConnected;
        }
        finally
        {
            if (counted) inFlight.Release();
        }
    }

    private void Report(LinkEvent change)
    {
        if (change == lastEvent) return;
        lastEvent = change;
        events.Writer.TryWrite(change);
    }
}
