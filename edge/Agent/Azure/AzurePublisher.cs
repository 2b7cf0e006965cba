using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Azure;

/// <summary>
/// <see cref="IPublisher"/> over Azure IoT Hub: the wire's topics go out as telemetry with properties, and come in as direct methods
/// and as the twin's desired profile. Nothing is retained there and QoS 2 does not exist; the hub's
/// acknowledgement is what counts, as with every broker. Owns the session.
/// </summary>
internal sealed class AzurePublisher : IPublisher
{
    /// <summary>Longest message of IoT Hub, with its properties. https://learn.microsoft.com/azure/iot-hub/iot-hub-devguide-quotas-throttling</summary>
    public const int MaxBytes = 256 * 1024;

    private const int Queue = 1_000;
    private const int EventQueue = 64;
    private const int Taken = 200;
    private const int NotReadable = 400;
    private const int NotKnown = 404;

    private readonly IPublisher session;
    private readonly Topic own;
    private readonly ILogger log;
    private readonly AzureTwin twin;
    private readonly Channel<LinkEvent> events = Channel.CreateBounded<LinkEvent>(new BoundedChannelOptions(EventQueue) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<LinkMessage> messages = Channel.CreateBounded<LinkMessage>(new BoundedChannelOptions(Queue) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    private AzurePublisher(IPublisher session, Topic own, Random jitter, TimeProvider time, ILogger log)
    {
        (this.session, this.own, this.log) = (session, own, log);
        twin = new AzureTwin(session, (name, bytes) => Take(AzureTopics.Down(own, name)!, bytes), jitter, time, log);
    }

    public bool IsConnected => session.IsConnected;

    /// <param name="session">A session with IoT Hub, subscribed to <see cref="AzureTopics.Subscriptions"/>.</param>
    /// <param name="own">Jurisdiction and vehicle.</param>
    /// <param name="jitter">Spreads what is asked again.</param>
    /// <param name="time">Waits.</param>
    /// <param name="log">Told of what cannot be read.</param>
    public static AzurePublisher Start(IPublisher session, Topic own, Random jitter, TimeProvider time, ILogger log)
    {
        var publisher = new AzurePublisher(session, own, jitter, time, log);
        publisher.running = Task.WhenAll(
            Task.Run(publisher.ReadEventsAsync), Task.Run(publisher.ReadMessagesAsync), Task.Run(() => publisher.twin.RunAsync(publisher.stop.Token)));
        return publisher;
    }

    public IAsyncEnumerable<LinkEvent> Events(CancellationToken stop) => events.Reader.ReadAllAsync(stop);

    public IAsyncEnumerable<LinkMessage> Messages(CancellationToken stop) => messages.Reader.ReadAllAsync(stop);

    public async ValueTask<DeliveryResult> PublishAsync(string topic, ReadOnlyMemory<byte> payload, Qos qos, bool retain, CancellationToken stop)
    {
        if (Topic.TryParse(topic) is not { } lane || lane.Vehicle != own.Vehicle) return DeliveryResult.Refused;
        var to = AzureTopics.Telemetry(lane);
        // What is longer costs the connection and not only the message.
        if (Encoding.UTF8.GetByteCount(to) + payload.Length > MaxBytes) return DeliveryResult.TooLarge;
        var result = await session.PublishAsync(to, payload, qos, retain: false, stop).ConfigureAwait(false);
        if (lane.Lane == Lane.Status && result == DeliveryResult.Accepted) twin.Report(WireCodec.Decode(payload, WireJson.Default.VehicleStatus));
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await session.DisposeAsync().ConfigureAwait(false);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        events.Writer.TryComplete();
        messages.Writer.TryComplete();
        twin.Dispose();
        stop.Dispose();
    }

    private async Task ReadEventsAsync()
    {
        await foreach (var change in session.Events(stop.Token).ConfigureAwait(false))
        {
            if (change.Connected) twin.Look();
            events.Writer.TryWrite(change);
        }
    }

    private async Task ReadMessagesAsync()
    {
        await foreach (var message in session.Messages(stop.Token).ConfigureAwait(false))
        {
            if (Rest(message.Topic, AzureTopics.Methods) is { } method) await AnswerAsync(method, message.Payload).ConfigureAwait(false);
            else if (Rest(message.Topic, AzureTopics.TwinAnswers) is { } answer) Answer(answer, message.Payload);
            else if (message.Topic.StartsWith(AzureTopics.TwinDesired, StringComparison.Ordinal)) twin.Look();
        }
    }

    private static string? Rest(string topic, string prefix) => topic.StartsWith(prefix, StringComparison.Ordinal) ? topic[prefix.Length..] : null;

    private void Answer(string rest, ReadOnlyMemory<byte> body)
    {
        var (status, rid) = AzureTopics.Split(rest);
        twin.Answered(status, rid, body);
    }

    // Answered as soon as it is handed on: what became of it the vehicle's status and its records say, as with every broker.
    private async ValueTask AnswerAsync(string rest, ReadOnlyMemory<byte> payload)
    {
        var (name, rid) = AzureTopics.Split(rest);
        if (rid is null) return;
        var status = Taken;
        try
        {
            if (AzureTopics.Down(own, name) is { } topic) Take(topic, MethodParcel.Read(payload));
            else status = NotKnown;
        }
        catch (WireFormatException e)
        {
            status = NotReadable;
            log.MethodUnreadable(name, e.Message);
        }

        await session.PublishAsync(AzureTopics.MethodAnswer(status, rid), "{}"u8.ToArray(), Qos.AtMostOnce, retain: false, stop.Token).ConfigureAwait(false);
    }

    private void Take(Topic topic, ReadOnlyMemory<byte> payload) => messages.Writer.TryWrite(new LinkMessage(topic.ToString(), payload, Retained: false));
}
