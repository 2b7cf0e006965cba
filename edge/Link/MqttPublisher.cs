using System.Threading.Channels;

namespace ThreeOneOne.Field.Link;

/// <summary><see cref="IPublisher"/> over libmosquitto.</summary>
public sealed class MqttPublisher : IPublisher, ISessionOwner
{
    private const int EventQueue = 64;
    private const int MostWaiting = 4_096;

    private readonly LinkOptions options;
    private readonly TimeProvider time;
    private readonly SessionLoop loop;
    private readonly Channel<LinkEvent> events;
    private readonly Channel<LinkMessage> messages;
    private readonly Channel<PendingPublish> waiting;
    private readonly Dictionary<int, PendingPublish> unanswered = [];
    private LinkEvent? lastEvent;
    private long dropped;
    private volatile bool connected;

    private MqttPublisher(LinkOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        events = Channel.CreateBounded<LinkEvent>(new BoundedChannelOptions(EventQueue) { FullMode = BoundedChannelFullMode.DropOldest });
        messages = Channel.CreateBounded<LinkMessage>(
            new BoundedChannelOptions(options.MessageQueue) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref dropped));
        waiting = Channel.CreateBounded<PendingPublish>(new BoundedChannelOptions(MostWaiting));
        loop = new SessionLoop(options, time, this, receivesBatches: false);
    }

    public bool IsConnected => connected;

    /// <summary>Messages dropped because nobody read them in time.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    bool ISessionOwner.MayWrite => true;

    /// <summary>Starts a session; it connects in the background.</summary>
    /// <exception cref="LinkUnavailableException">The native library is missing.</exception>
    public static MqttPublisher Start(LinkOptions options, TimeProvider time)
    {
        NativeLink.Require();
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
        if (!connected) return DeliveryResult.NotConnected;
        var publish = new PendingPublish(topic, payload, qos, retain, time.GetTimestamp());
        try
        {
            await waiting.Writer.WriteAsync(publish, stop).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return DeliveryResult.NotConnected;
        }

        // The connection may have gone between the two, and with it whoever would have answered.
        if (!connected) AnswerWaiting(DeliveryResult.NotConnected);
        loop.Wake();
        return await publish.Answer.Task.WaitAsync(stop).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop.DisposeAsync().ConfigureAwait(false);
        AnswerAll(DeliveryResult.NotConnected);
        events.Writer.TryComplete();
        messages.Writer.TryComplete();
    }

    bool ISessionOwner.WantsRead(MqttConnection connection) => true;

    void ISessionOwner.Opening()
    {
    }

    void ISessionOwner.Ready(MqttConnection connection)
    {
        connected = true;
        Report(new LinkEvent(true, connection.SessionPresent, null));
    }

    void ISessionOwner.Turn(MqttConnection connection)
    {
        connection.ReadUntilDry(() => false);
        while (connected && waiting.Reader.TryRead(out var publish)) Submit(connection, publish);
        connection.Write();
        connection.Misc();
        GiveUpLate();
    }

    void ISessionOwner.Message(LinkMessage message) => messages.Writer.TryWrite(message);

    void ISessionOwner.Published(int mid, int reason)
    {
        if (unanswered.Remove(mid, out var publish))
            publish.Answer.TrySetResult(reason < Mosquitto.FirstFailure ? DeliveryResult.Accepted : DeliveryResult.Refused);
    }

    void ISessionOwner.Closed(string reason)
    {
        connected = false;
        AnswerAll(DeliveryResult.NotConnected);
        Report(new LinkEvent(false, false, reason));
    }

    private void Submit(MqttConnection connection, PendingPublish publish)
    {
        // Nobody waits for it any more: a late one would only overtake what was sent since.
        if (IsLate(publish)) publish.Answer.TrySetResult(DeliveryResult.TimedOut);
        else if (connection.Publish(publish.Topic, publish.Payload.Span, publish.Qos, publish.Retain) is { } mid) unanswered[mid] = publish;
        else publish.Answer.TrySetResult(DeliveryResult.Refused);
    }

    private void GiveUpLate()
    {
        if (unanswered.Count == 0) return;
        foreach (var (mid, publish) in unanswered.Where(u => IsLate(u.Value)).ToList())
        {
            unanswered.Remove(mid);
            publish.Answer.TrySetResult(DeliveryResult.TimedOut);
        }
    }

    private bool IsLate(PendingPublish publish) => time.GetElapsedTime(publish.Began) >= options.PublishTimeout;

    private void AnswerAll(DeliveryResult result)
    {
        foreach (var publish in unanswered.Values) publish.Answer.TrySetResult(result);
        unanswered.Clear();
        AnswerWaiting(result);
    }

    private void AnswerWaiting(DeliveryResult result)
    {
        while (waiting.Reader.TryRead(out var publish)) publish.Answer.TrySetResult(result);
    }

    private void Report(LinkEvent change)
    {
        if (change == lastEvent) return;
        lastEvent = change;
        events.Writer.TryWrite(change);
    }
}
