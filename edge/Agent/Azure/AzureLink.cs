using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Azure;

/// <summary>Opens a vehicle's session with its city's IoT Hub.</summary>
internal static class AzureLink
{
    private const double RenewFrom = 0.75;
    private const double RenewSpread = 0.1;

    // Under load IoT Hub answers late before it refuses.
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(60);

    /// <param name="options">Which IoT Hub, and how to prove who this is.</param>
    /// <param name="certificate">Files of the vehicle's certificate and key; used without a symmetric key.</param>
    /// <param name="will">As for a broker; it goes where telemetry goes.</param>
    /// <param name="own">Jurisdiction and vehicle.</param>
    /// <param name="clock">True time as far as it is known: tokens and certificates are about it.</param>
    /// <param name="beginsLater">Told of a certificate that begins later than the clock.</param>
    /// <param name="time">Waits.</param>
    /// <param name="seed">Of what spreads a fleet.</param>
    /// <param name="log">Told of what cannot be read.</param>
    /// <exception cref="LinkUnavailableException">The native MQTT library is missing.</exception>
    public static AzurePublisher Start(
        AzureOptions options, (string File, string Key) certificate, WillMessage will, Topic own, Func<DateTimeOffset> clock, Action<DateTimeOffset> beginsLater, TimeProvider time,
        int seed, ILogger log)
    {
        var byKey = options.SasKeyFile.Length > 0;
        var spread = new Random(seed);
        var session = MqttPublisher.Start(new LinkOptions
        {
            Host = options.Host,
            Port = options.Port,
            ClientId = own.Vehicle,
            Protocol = MqttProtocol.V311,
            Tls = new TlsOptions(options.CaFile, byKey ? "" : certificate.File, byKey ? "" : certificate.Key) { VerifyAt = clock, BeginsLater = beginsLater },
            Login = () => Login(options, own.Vehicle, clock(), spread),
            Subscriptions = AzureTopics.Subscriptions,
            KeepAlive = TimeSpan.FromSeconds(options.KeepAliveSeconds),
            PublishTimeout = PublishTimeout,
            Will = new WillMessage(AzureTopics.Telemetry(own with { Lane = Lane.Status }), will.Payload, Retain: false),
        }, time);
        return AzurePublisher.Start(session, own, new Random(seed), time, log);
    }

    /// <summary>Name and token of one connection; read anew each time, so that an exchanged key counts at once.</summary>
    internal static LinkLogin Login(AzureOptions options, string device, DateTimeOffset now, Random spread)
    {
        var user = $"{options.Host}/{device}/?api-version={AzureTopics.ApiVersion}";
        if (options.SasKeyFile.Length == 0) return new LinkLogin(user, null, null);
        var life = TimeSpan.FromMinutes(options.TokenMinutes);
        var token = SasToken.Of($"{options.Host}/devices/{device}", SasToken.ReadKey(options.SasKeyFile), now + life);
        return new LinkLogin(user, token, life * (RenewFrom + (RenewSpread * spread.NextDouble())));
    }
}
