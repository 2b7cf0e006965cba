using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ThreeOneOne.Field.Hub.Azure;
using ThreeOneOne.Field.Hub.Tests.Broker;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.IotHub;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Azure;

/// <summary>The composed hub of a city whose vehicles speak through IoT Hub, and the stand-in for that.</summary>
internal sealed class AzureHub : IAsyncDisposable
{
    public const string Key = "a-webhook-key-of-the-tests-that-is-long";
    public const string Endpoint = "/azure/events";

    private readonly TestCertificates certificates = new();
    private readonly string folder = BrokerHost.NewFolder();

    private AzureHub() => IotHub = IotHubStandIn.Start(certificates);

    public IotHubStandIn IotHub { get; }

    public ComposedHub Hub { get; private set; } = null!;

    public TestCertificates Certificates => certificates;

    public string Folder => folder;

    public Uri Webhook => new(Hub.Client.BaseAddress!, Endpoint);

    public static async Task<AzureHub> StartAsync(params string[] vehicles)
    {
        var run = new AzureHub();
        await run.StartHubAsync(vehicles);
        using var registered = await run.Hub.Client.PostAsJsonAsync(new Uri("/api/vehicles", UriKind.Relative), new { id = Sample.Vehicle, name = "Unit 214", kind = "crewed" });
        registered.EnsureSuccessStatusCode();
        return run;
    }

    /// <summary>Ends the hub and starts another one on its data.</summary>
    public async Task RestartHubAsync()
    {
        await Hub.DisposeAsync();
        await StartHubAsync([]);
    }

    public AzureOptions Options(params string[] vehicles)
    {
        string Keep(string name, string text)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            return path;
        }

        return new AzureOptions
        {
            Host = IotHub.HostName, ServiceUrl = IotHub.ServiceUrl.ToString(), PolicyKeyFile = Keep("policy.key", IotHub.ServiceKey), WebhookKeyFile = Keep("webhook.keys", Key + "\n"),
            Vehicles = [.. vehicles.Length == 0 ? [AzureOptions.Every] : vehicles],
        };
    }

    /// <summary>Delivers events as Event Grid does.</summary>
    public async Task<HttpResponseMessage> PostAsync(string? key, string type, params JsonObject[] events)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Webhook);
        request.Content = new StringContent(new JsonArray([.. events.Select(e => e.DeepClone())]).ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.Add("aeg-event-type", type);
        if (key is not null) request.Headers.Add("X-Field-Key", key);
        return await Hub.Client.SendAsync(request);
    }

    public JsonObject Event(Lane lane, byte[] body, string device = Sample.Vehicle, DateTimeOffset? enqueued = null, bool cloudEvents = false, string? hubName = null)
    {
        var time = enqueued ?? TimeProvider.System.GetUtcNow();
        var system = new Dictionary<string, string>
        {
            ["iothub-connection-device-id"] = device, ["iothub-enqueuedtime"] = time.ToString("O"), ["iothub-content-type"] = "application/octet-stream",
        };
        var properties = new Dictionary<string, string> { ["lane"] = lane.ToString().ToLowerInvariant(), ["jurisdiction"] = "cambridge-ma", ["wire"] = "1" };
        return EventGridPoster.Of(new StandInMessage(device, properties, system, body, time), hubName ?? IotHub.HostName, cloudEvents);
    }

    /// <summary>Lines of the hub's ledger of the vehicle.</summary>
    public async Task<string[]> LedgerAsync() =>
        (await Hub.Client.GetStringAsync(new Uri($"/api/ingest/ledger?vehicle={Sample.Vehicle}", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await IotHub.DisposeAsync();
        certificates.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartHubAsync(string[] vehicles)
    {
        var options = Options(vehicles);
        Hub = await ComposedHub.StartAsync(Path.Combine(folder, "data"), settings =>
        {
            (settings.Azure.Host, settings.Azure.ServiceUrl) = (options.Host, options.ServiceUrl);
            (settings.Azure.PolicyKeyFile, settings.Azure.WebhookKeyFile) = (options.PolicyKeyFile, options.WebhookKeyFile);
            (settings.Azure.Vehicles, settings.Azure.MethodTimeout) = (options.Vehicles, TimeSpan.FromSeconds(5));
            settings.Commands.ResendSeconds = 1;
            settings.Enrolment.WatchSeconds = 1;
        });
    }
}
