using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>
/// Opens the hub's own sessions with whatever broker it runs with. Waits until that broker is there; throws
/// <see cref="InvalidOperationException"/> with one clear sentence when it never will be.
/// </summary>
public interface IHubSessions
{
    /// <param name="clientId">Stable name of the session.</param>
    /// <param name="stop">Gives up waiting for the broker.</param>
    ValueTask<IPublisher> OpenPublisherAsync(string clientId, CancellationToken stop);

    /// <param name="clientId">Stable name of the session: a broker keeps its queue under it.</param>
    /// <param name="topics">Topics to subscribe.</param>
    /// <param name="qos">Of the subscriptions.</param>
    /// <param name="cleanSession">False: the broker queues while the hub is away.</param>
    /// <param name="batchSize">Most messages in one batch.</param>
    /// <param name="stop">Gives up waiting for the broker.</param>
    ValueTask<IBatchReader> OpenReaderAsync(
        string clientId, IReadOnlyList<string> topics, Qos qos, bool cleanSession, int batchSize, CancellationToken stop);
}
