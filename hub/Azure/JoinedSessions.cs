using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>The hub's sessions, each joined with IoT Hub: whoever reads or sends does not know which way a vehicle speaks.</summary>
internal sealed class JoinedSessions(IHubSessions broker, AzureOptions options, Inboxes inboxes, AzureDownlink azure) : IHubSessions
{
    public async ValueTask<IPublisher> OpenPublisherAsync(string clientId, CancellationToken stop) =>
        new JoinedPublisher(await broker.OpenPublisherAsync(clientId, stop).ConfigureAwait(false), options, azure);

    public async ValueTask<IBatchReader> OpenReaderAsync(
        string clientId, IReadOnlyList<string> topics, Qos qos, bool cleanSession, int batchSize, CancellationToken stop)
    {
        var reader = await broker.OpenReaderAsync(clientId, topics, qos, cleanSession, batchSize, stop).ConfigureAwait(false);
        return inboxes.Of(topics) is { } inbox ? new JoinedReader(reader, inbox, batchSize) : reader;
    }
}
