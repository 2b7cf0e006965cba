using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace ThreeOneOne.Field.Link;

/// <summary>The link's options in the library's words.</summary>
internal static class SessionOptions
{
    private static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromSeconds(5);

    public static MqttClientOptions Of(LinkOptions options, LinkLogin? login, TlsCheck? tls, bool receivesBatches)
    {
        var v5 = options.Protocol == MqttProtocol.V5;
        var session = new MqttClientOptions
        {
            ClientId = options.ClientId,
            ProtocolVersion = v5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311,
            CleanSession = options.CleanSession,
            SessionExpiryInterval = v5 && !options.CleanSession ? (uint)Math.Clamp(options.SessionExpiry.TotalSeconds, 0, uint.MaxValue) : 0,
            KeepAlivePeriod = options.KeepAlive > ShortestKeepAlive ? options.KeepAlive : ShortestKeepAlive,
            ReceiveMaximum = (ushort)(v5 && receivesBatches ? options.BatchSize : 0),
            Timeout = options.PublishTimeout,
            ChannelOptions = new MqttClientTcpOptions
            {
                RemoteEndpoint = new DnsEndPoint(options.Host, options.Port),
                TlsOptions = tls?.ForHost(options.Host) ?? new MqttClientTlsOptions(),
                // The library's default resets the connection, and the goodbye is lost with it.
                LingerState = new LingerOption(false, 0),
            },
        };
        if (login is not null) session.Credentials = new MqttClientCredentials(login.User, login.Password is { } password ? Encoding.UTF8.GetBytes(password) : null);
        if (options.Will is not { } will) return session;
        session.WillTopic = will.Topic;
        session.WillPayload = will.Payload.ToArray();
        session.WillQualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce;
        session.WillRetain = will.Retain;
        return session;
    }

    public static MqttClientSubscribeOptions Subscriptions(LinkOptions options) => new()
    {
        TopicFilters = [.. options.Subscriptions.Select(t => new MqttTopicFilter { Topic = t, QualityOfServiceLevel = Level(options.SubscribeQos) })],
    };

    public static MqttQualityOfServiceLevel Level(Qos qos) =>
        qos == Qos.AtLeastOnce ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce;
}
