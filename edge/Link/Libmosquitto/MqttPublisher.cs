using System.Threading.Channels;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// <see cref="IPublisher"/> over libmosquitto. Messages wait here and not in the library, which sends in the order given:
/// it gets the next one when the socket has taken the last, so that a QoS 0 message overtakes every waiting QoS 1 message.
/// </summary>
public sealed class MqttPublisher : IPublisher, ISessionOwner
{
    private const int EventQueue = 64;
    private const int MostWaiting = 4_096;

    private readonly LinkOptions options;
    private readonly TimeProvider time;
    private readonly SessionLoop loop;
    private readonly Channel<LinkEvent> events;
    private readonly Channel<LinkMessage> messages;
    private readonly Channel<PendingPublish> first;
    private readonly Channel<PendingPublish> waiting;
    private readonly Dictionary<int, PendingPublish> unanswered = [];
    private LinkEvent? lastEvent;
    private long dropped;
    private int heard;
    private long lastHeard;
    private volatile bool connected;
    private bool draining;

    private MqttPublisher(LinkOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        events = Channel.CreateBounded<LinkEvent>(new BoundedChannelOptions(EventQueue) { FullMode = BoundedChannelFullMode.DropOldest });
        messages = Channel.CreateBounded<LinkMessage>(
            new BoundedChannelOptions(options.MessageQueue) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref dropped));
        first = Channel.CreateBounded<PendingPublish>(new BoundedChannelOptions(MostWaiting));
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
            await (qos == Qos.AtMostOnce ? first : waiting).Writer.WriteAsync(publish, stop).ConfigureAwait(false);
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
        first.Writer.TryComplete();
        waiting.Writer.TryComplete();
        await loop.DisposeAsync().ConfigureAwait(false);
        AnswerAll(DeliveryResult.NotConnected);
        events.Writer.TryComplete();
        messages.Writer.TryComplete();
    }

    bool ISessionOwner.WantsRead(MqttConnection connection) => true;

    void ISessionOwner.Opening() => draining = false;

    bool ISessionOwner.Drain()
    {
        draining = true;
        return unanswered.Count == 0;
    }

    void ISessionOwner.Ready(MqttConnection connection)
    {
        lastHeard = time.GetTimestamp();
        connected = true;
        Report(new LinkEvent(true, connection.SessionPresent, null));
    }

    void ISessionOwner.Turn(MqttConnection connection)
    {
        connection.ReadUntilDry(() => false);
        if (connection.Heard != heard)
        {
            heard = connection.Heard;
            lastHeard = time.GetTimestamp();
        }

        connection.Write();
        while (connected && !draining && connection.Lost is null && !connection.WantsWrite && Next() is { } publish)
        {
            Submit(connection, publish);
            connection.Write();
        }

        connection.Misc();
        GiveUpLate(connection);
    }

    void ISessionOwner.Message(LinkMessage message) => messages.Writer.TryWrite(message);

    void ISessionOwner.Published(int mid, int reason)
    {
        if (unanswered.Remove(mid, out var publish))
            publish.Answer.TrySetResult(reason < Mosquitto.FirstFailure ? DeliveryResult.Accepted : reason == Mosquitto.PacketTooLarge ? DeliveryResult.TooLarge : DeliveryResult.Refused);
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
        else publish.Answer.TrySetResult(DeliveryResult.TooLarge);
    }

    private PendingPublish? Next() => first.Reader.TryRead(out var publish) || waiting.Reader.TryRead(out publish) ? publish : null;

    private void GiveUpLate(MqttConnection connection)
    {
        if (unanswered.Count == 0) return;
        var silent = false;
        foreach (var (mid, publish) in unanswered.Where(u => IsLate(u.Value)).ToList())
        {
            unanswered.Remove(mid);
            publish.Answer.TrySetResult(DeliveryResult.TimedOut);
            silent |= time.GetElapsedTime(lastHeard, publish.Began) > TimeSpan.Zero;
        }

        if (silent) connection.Fail($"the broker has said nothing for {options.PublishTimeout.TotalSeconds} s");
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
        while (Next() is { } publish) publish.Answer.TrySetResult(result);
    }

    private void Report(LinkEvent change)
    {
        if (change == lastEvent) return;
        lastEvent = change;
        events.Writer.TryWrite(change);
    }
}
