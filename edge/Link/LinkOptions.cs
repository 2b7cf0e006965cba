namespace ThreeOneOne.Field.Link;

/// <summary>One session with a broker.</summary>
public sealed record LinkOptions
{
    public required string Host { get; init; }

    /// <summary>TCP port, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>Stable: a broker keeps a session and its queue under this name.</summary>
    public required string ClientId { get; init; }

    public MqttProtocol Protocol { get; init; } = MqttProtocol.V5;

    /// <summary>Null: plain TCP, for a broker on loopback in tests only.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Asked for user name and password at every attempt to connect; null: the certificate says it all.</summary>
    public Func<LinkLogin>? Login { get; init; }

    /// <summary>Topics to subscribe at every connect, QoS 1 unless <see cref="SubscribeQos"/> says else.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    public Qos SubscribeQos { get; init; } = Qos.AtLeastOnce;

    /// <summary>True: the broker forgets the session when it ends. False: it queues while the session is away.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>How long a kept session outlives its connection (MQTT 5).</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Longest silence; the broker sends the will after one and a half of it. At least 5 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Longest wait for a PUBACK. When nothing at all came from the broker meanwhile, the connection counts as dead and is
    /// made anew: a half-open one looks alive to both kernels.
    /// </summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>First and longest wait before the next attempt to connect; doubled in between, with jitter.</summary>
    public TimeSpan ReconnectFirst { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan ReconnectLongest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most QoS 1 messages on the way at once, 1 to 65535. On a slow line the caller bounds the bytes.</summary>
    public int InFlight { get; init; } = 500;

    /// <summary>
    /// Most bytes that the kernel holds and has not sent, 0 for its own choice. On a slow line everything in there delays
    /// the newest message; 4 KiB keeps it young and costs nothing on a fast one.
    /// </summary>
    public int UnsentBytes { get; init; }

    /// <summary>Messages received and not yet read from an <see cref="IPublisher"/>; past this the oldest is dropped.</summary>
    public int MessageQueue { get; init; } = 1_000;

    public WillMessage? Will { get; init; }

    /// <summary>Most messages in one batch of an <see cref="IBatchReader"/>, and its Receive Maximum, 1 to 65535.</summary>
    public int BatchSize { get; init; } = 2_000;
}
