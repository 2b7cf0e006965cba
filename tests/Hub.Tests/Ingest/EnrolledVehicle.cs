using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>A vehicle that was registered and enrolled over the API and talks to the hub's own broker by mutual TLS.</summary>
internal sealed class EnrolledVehicle : IAsyncDisposable
{
    private readonly MqttPublisher link;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Ack> acks = [];
    private readonly List<FileState> files = [];
    private readonly Task reading;

    private EnrolledVehicle(MqttPublisher link)
    {
        this.link = link;
        reading = ReadAsync();
    }

    public IReadOnlyList<Ack> Acks
    {
        get
        {
            lock (acks) return [.. acks];
        }
    }

    /// <summary>What the hub said of attachments.</summary>
    public IReadOnlyList<FileState> Files
    {
        get
        {
            lock (acks) return [.. files];
        }
    }

    public bool IsConnected => link.IsConnected;

    public static async Task<EnrolledVehicle> EnrolAsync(HttpClient client, string folder, string id)
    {
        using var registered = await client.PostAsJsonAsync(new Uri("/api/vehicles", UriKind.Relative), new { id, name = id, kind = "crewed" });
        registered.EnsureSuccessStatusCode();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var csr = new StringContent(new CertificateRequest("CN=any", key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), Encoding.UTF8, "text/plain");
        using var signed = await client.PostAsync(new Uri($"/api/vehicles/{id}/certificate", UriKind.Relative), csr);
        signed.EnsureSuccessStatusCode();
        var answer = JsonDocument.Parse(await signed.Content.ReadAsStringAsync()).RootElement;
        string Keep(string name, string text)
        {
            var path = Path.Combine(folder, $"{id}.{name}");
            File.WriteAllText(path, text);
            return path;
        }

        return new EnrolledVehicle(MqttPublisher.Start(new LinkOptions
        {
            Host = answer.GetProperty("host").GetString()!,
            Port = answer.GetProperty("port").GetInt32(),
            ClientId = id,
            Subscriptions = [Topic.AllDown("cambridge-ma", id)],
            ReconnectFirst = TimeSpan.FromMilliseconds(50),
            ReconnectLongest = TimeSpan.FromMilliseconds(500),
            Tls = new TlsOptions(
                Keep("ca", answer.GetProperty("ca").GetString()!), Keep("crt", answer.GetProperty("certificate").GetString()!), Keep("key", key.ExportPkcs8PrivateKeyPem())),
        }, TimeProvider.System));
    }

    /// <summary>Sends until the broker takes it: it may still be reading its rules, or restarting.</summary>
    public Task SendAsync(string topic, byte[] payload) => Support.Eventually.TrueAsync(
        async () => await link.PublishAsync(topic, payload, Qos.AtLeastOnce, retain: false, stop.Token) == DeliveryResult.Accepted, $"the broker takes {topic}");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await link.DisposeAsync();
        await reading;
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var message in link.Messages(stop.Token))
            {
                var lane = Topic.TryParse(message.Topic)?.Lane;
                lock (acks)
                {
                    if (lane == Lane.Ack) acks.Add(WireCodec.Decode(message.Payload, WireJson.Default.Ack));
                    if (lane == Lane.FileState) files.Add(WireCodec.Decode(message.Payload, WireJson.Default.FileState));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
