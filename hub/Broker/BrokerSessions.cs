using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using LinkOptions = ThreeOneOne.Field.Link.LinkOptions;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Opens the hub's sessions with the embedded or the external broker.</summary>
internal sealed class BrokerSessions(BrokerOptions options, CertificateAuthority authority, EmbeddedBroker? embedded, TimeProvider time) : IHubSessions
{
    // A long commit must not cost the connection: see MqttBatchReader.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    public async ValueTask<IPublisher> OpenPublisherAsync(string clientId, CancellationToken stop) =>
        MqttPublisher.Start(await OptionsAsync(clientId, stop).ConfigureAwait(false), time);

    public async ValueTask<IBatchReader> OpenReaderAsync(
        string clientId, IReadOnlyList<string> topics, Qos qos, bool cleanSession, int batchSize, CancellationToken stop)
    {
        var session = await OptionsAsync(clientId, stop).ConfigureAwait(false);
        return MqttBatchReader.Start(
            session with { Subscriptions = topics, SubscribeQos = qos, CleanSession = cleanSession, BatchSize = Math.Min(batchSize, options.InFlight) }, time);
    }

    private async Task<LinkOptions> OptionsAsync(string clientId, CancellationToken stop) => new()
    {
        Host = options.OwnHost,
        Port = embedded is null ? options.Port : await embedded.Listening.WaitAsync(stop).ConfigureAwait(false),
        ClientId = clientId,
        Protocol = options.Protocol,
        Tls = embedded is null ? new TlsOptions(options.CaFile, options.CertificateFile, options.KeyFile) : authority.EnsureSession(clientId),
        KeepAlive = KeepAlive,
        ReconnectLongest = LongestWait,
    };
}
