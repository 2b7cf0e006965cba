using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>
/// The hub's way to its vehicles. What is sent is state or can be asked for again, so nothing is queued here: a send that
/// fails is counted, and its owner sends the newer state when the vehicle reports what it holds.
/// </summary>
public sealed class Downlink(IHubSessions sessions, VehicleRegistry registry, ILogger<Downlink> log) : BackgroundService
{
    public const string ClientId = "hub-down";

    private readonly TaskCompletionSource<IPublisher> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long sent;
    private long failed;

    /// <summary>Messages that the broker took since start.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Messages that were not sent since start: no connection, no answer, or refused.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Publishes to one of a vehicle's down topics, in the jurisdiction that the registry gives.</summary>
    /// <param name="vehicle">Vehicle id; an unknown one counts as failed.</param>
    /// <param name="lane">Ack, Orders, Profile, Command or FileState.</param>
    /// <param name="payload">An encoded message of the wire.</param>
    /// <param name="cancel">Gives up waiting for the broker's answer.</param>
    public async ValueTask<DeliveryResult> SendAsync(string vehicle, Lane lane, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        if (lane is Lane.Live or Lane.Up or Lane.Status or Lane.File) throw new ArgumentOutOfRangeException(nameof(lane), lane, "not a downlink lane");
        return await PublishAsync(registry.Find(vehicle) is { } known ? new Topic(known.Jurisdiction, vehicle, lane) : null, vehicle, lane, payload, cancel).ConfigureAwait(false);
    }

    /// <summary>Answers whoever a message came from, also a vehicle that nobody registered: it waits for a word.</summary>
    /// <param name="topic">An acknowledgement's topic.</param>
    /// <param name="payload">An encoded acknowledgement.</param>
    /// <param name="cancel">Gives up waiting for the broker.</param>
    public ValueTask<DeliveryResult> AnswerAsync(Topic topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        if (topic.Lane != Lane.Ack) throw new ArgumentException($"{topic} is no topic for acknowledgements", nameof(topic));
        return PublishAsync(topic, topic.Vehicle, topic.Lane, payload, cancel);
    }

    private async ValueTask<DeliveryResult> PublishAsync(Topic? topic, string vehicle, Lane lane, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var result = DeliveryResult.NotConnected;
        if (topic is not null && opened.Task.IsCompletedSuccessfully)
        {
            // An acknowledgement that gets lost costs one resend; waiting for PUBACK would cost every batch a round trip.
            var qos = lane == Lane.Ack ? Qos.AtMostOnce : Qos.AtLeastOnce;
            result = await opened.Task.Result.PublishAsync(topic.ToString(), payload, qos, retain: false, cancel).ConfigureAwait(false);
        }

        if (result == DeliveryResult.Accepted)
        {
            Interlocked.Increment(ref sent);
        }
        else
        {
            Interlocked.Increment(ref failed);
            log.NotSent(vehicle, lane, result);
        }

        return result;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var publisher = await sessions.OpenPublisherAsync(ClientId, stoppingToken).ConfigureAwait(false);
        opened.SetResult(publisher);
        await foreach (var change in publisher.Events(stoppingToken).ConfigureAwait(false))
        {
            if (change.Connected) log.Connected();
            else log.Disconnected(change.Reason);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(false);
    }
}
