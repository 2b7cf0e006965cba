using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Profiles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Profiles;

/// <summary>What <c>field-hub profile render</c> writes for a city's own broker, loaded by a real mosquitto.</summary>
public sealed class RenderedBrokerTests : IAsyncLifetime
{
    private const string Own = "field/v1/cambridge-ma/unit-214/";
    private const string Others = "field/v1/cambridge-ma/unit-215/";

    private readonly string folder = Directory.CreateTempSubdirectory("field-rendered-").FullName;
    private readonly Dictionary<string, string> files = [];
    private CertificateAuthority authority = null!;
    private MosquittoServer broker = null!;

    public async Task InitializeAsync()
    {
        authority = CertificateAuthority.Open(folder, new EnrolmentOptions(), TimeProvider.System);
        authority.EnsureServer();
        foreach (var (name, text) in RenderProfile.Files("unit-214", "cambridge-ma", ProfileFolder.Read(Path.Combine(Repository.Root, "firmware-config", "profiles")).Vehicles)) files[name] = text;
        // Only the place and the port are another than in a city.
        var lines = files["broker/mosquitto.conf"].Replace("/etc/mosquitto/certs", "{folder}", StringComparison.Ordinal).Replace("/var/lib/mosquitto", "{folder}", StringComparison.Ordinal)
            .Split('\n').Where(l => !l.StartsWith("listener ", StringComparison.Ordinal));
        broker = await MosquittoServer.StartAsync(lines, new Dictionary<string, string>
        {
            ["ca.crt"] = authority.AuthorityPem, ["server.crt"] = await File.ReadAllTextAsync(authority.ServerCertificateFile), ["server.key"] = await File.ReadAllTextAsync(authority.ServerKeyFile),
            ["crl.pem"] = authority.SignLists([], TimeSpan.FromDays(1)), ["acl"] = files["broker/acl"],
        });
    }

    public async Task DisposeAsync()
    {
        await broker.DisposeAsync();
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_vehicle_writes_its_own_topics_and_hears_and_writes_no_others()
    {
        await using var durable = MqttPublisher.Start(Options("hub-durable", authority.EnsureSession("hub-durable"), "field/v1/#"), TimeProvider.System);
        await using var live = MqttPublisher.Start(Options("hub-live", authority.EnsureSession("hub-live"), "field/v1/#"), TimeProvider.System);
        await using var down = MqttPublisher.Start(Options("hub-down", authority.EnsureSession("hub-down")), TimeProvider.System);
        await using var mallory = MqttPublisher.Start(Options("unit-214", Vehicle("unit-214"), "field/v1/#", Others + "down/orders", Own + "down/orders"), TimeProvider.System);
        await using var victim = MqttPublisher.Start(Options("unit-215", Vehicle("unit-215"), Others + "down/orders"), TimeProvider.System);
        MqttPublisher[] all = [durable, live, down, mallory, victim];
        await Eventually.TrueAsync(() => all.All(s => s.IsConnected), "all are connected");

        foreach (var topic in (string[])[Others + "up", Others + "live", Others + "status", Others + "down/orders", Own + "down/orders", "field/v1/boston-ma/unit-214/up", "$SYS/x", "other"])
            await mallory.PublishAsync(topic, "forged"u8.ToArray(), Qos.AtLeastOnce, retain: false, default);
        foreach (var lane in (string[])["up", "live", "status"])
        {
            await mallory.PublishAsync(Own + lane, "own"u8.ToArray(), Qos.AtLeastOnce, retain: false, default);
            await victim.PublishAsync(Others + lane, "theirs"u8.ToArray(), Qos.AtLeastOnce, retain: false, default);
        }

        await down.PublishAsync(Others + "down/orders", "for them"u8.ToArray(), Qos.AtLeastOnce, retain: false, default);
        await down.PublishAsync(Own + "down/orders", "for it"u8.ToArray(), Qos.AtLeastOnce, retain: false, default);

        // The last that each may hear: what was sent before it has been judged.
        Assert.Equal([Own + "up own", Others + "up theirs"], (await HeardAsync(durable, 2)).Order());
        Assert.Equal([Own + "live own", Own + "status own", Others + "live theirs", Others + "status theirs"], (await HeardAsync(live, 4)).Order());
        Assert.Equal([Own + "down/orders for it"], await HeardAsync(mallory, 1));
        Assert.Equal([Others + "down/orders for them"], await HeardAsync(victim, 1));
    }

    private static async Task<List<string>> HeardAsync(MqttPublisher session, int count)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        List<string> heard = [];
        await foreach (var message in session.Messages(late.Token))
        {
            heard.Add($"{message.Topic} {System.Text.Encoding.UTF8.GetString(message.Payload.Span)}");
            if (heard.Count == count) break;
        }

        return heard;
    }

    private LinkOptions Options(string id, TlsOptions tls, params string[] subscriptions) =>
        new() { Host = "127.0.0.1", Port = broker.Port, ClientId = id, Tls = tls, Subscriptions = subscriptions, MessageQueue = 100 };

    private TlsOptions Vehicle(string id)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = authority.Sign(new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), id);
        string Put(string name, string text)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            return path;
        }

        return new TlsOptions(authority.AuthorityFile, Put($"{id}.crt", made.Pem), Put($"{id}.key", key.ExportPkcs8PrivateKeyPem()));
    }
}
