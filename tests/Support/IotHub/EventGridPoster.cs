using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>
/// Stands in for Event Grid: delivers what the IoT Hub routes to a webhook, at least once, and again after an answer that allows it.
/// Its waits are a thousandth of the real ones.
/// </summary>
public sealed class EventGridPoster : IAsyncDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    private readonly Channel<JsonObject> waiting = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentQueue<HttpStatusCode> answers = new();
    private readonly ConcurrentQueue<JsonObject> dead = new();
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient client = new();
    private readonly Uri endpoint;
    private readonly string key;
    private readonly bool cloudEvents;
    private readonly IotHubStandIn hub;
    private readonly Task running;
    private int sequence;

    /// <param name="hub">Whose events.</param>
    /// <param name="endpoint">The webhook.</param>
    /// <param name="key">Delivery property <c>X-Field-Key</c>.</param>
    /// <param name="cloudEvents">CloudEvents 1.0 instead of Event Grid's own schema.</param>
    public EventGridPoster(IotHubStandIn hub, Uri endpoint, string key, bool cloudEvents = false)
    {
        (this.hub, this.endpoint, this.key, this.cloudEvents) = (hub, endpoint, key, cloudEvents);
        hub.Routed += Take;
        hub.ConnectionChanged += Take;
        running = Task.Run(RunAsync);
    }

    /// <summary>True: each event is delivered twice, and what was gathered in the wrong order.</summary>
    public bool Repeats { get; set; }

    /// <summary>True: nothing is delivered; what comes meanwhile is kept.</summary>
    public bool Holds { get; set; }

    public IReadOnlyCollection<HttpStatusCode> Answers => answers;

    /// <summary>What is not delivered again, because the webhook answered 400, 401, 403 or 413.</summary>
    public IReadOnlyCollection<JsonObject> Dead => dead;

    public async ValueTask DisposeAsync()
    {
        hub.Routed -= Take;
        hub.ConnectionChanged -= Take;
        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        stop.Dispose();
    }

    /// <summary>An event of a message, in the schema asked for.</summary>
    public static JsonObject Of(StandInMessage message, string hubName, bool cloudEvents)
    {
        var isJson = message.System.GetValueOrDefault("iothub-content-type") == "application/json" && message.System.GetValueOrDefault("iothub-content-encoding") is "utf-8" or "UTF-8";
        var data = new JsonObject
        {
            ["properties"] = Of(message.Properties), ["systemProperties"] = Of(message.System),
            ["body"] = isJson ? JsonNode.Parse(message.Body) : JsonValue.Create(Convert.ToBase64String(message.Body)),
        };
        return Event("Microsoft.Devices.DeviceTelemetry", message.Device, message.Enqueued, data, hubName, cloudEvents);
    }

    /// <summary>An event of any type.</summary>
    public static JsonObject Event(string type, string device, DateTimeOffset time, JsonObject data, string hubName, bool cloudEvents)
    {
        var source = $"/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000000/RESOURCEGROUPS/CITY/PROVIDERS/MICROSOFT.DEVICES/IOTHUBS/{hubName.ToUpperInvariant()}";
        var (id, at) = (Guid.NewGuid().ToString(), time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        return cloudEvents
            ? new JsonObject { ["specversion"] = "1.0", ["id"] = id, ["source"] = source, ["subject"] = $"devices/{device}", ["type"] = type, ["time"] = at, ["data"] = data }
            : new JsonObject
            {
                ["id"] = id, ["topic"] = source, ["subject"] = $"devices/{device}", ["eventType"] = type, ["eventTime"] = at, ["data"] = data, ["dataVersion"] = "", ["metadataVersion"] = "1",
            };
    }

    private static JsonObject Of(IReadOnlyDictionary<string, string> properties)
    {
        var json = new JsonObject();
        foreach (var (name, value) in properties) json[name] = value;
        return json;
    }

    private void Take(StandInMessage message) => waiting.Writer.TryWrite(Of(message, hub.HostName, cloudEvents));

    private void Take(string device, bool connected)
    {
        var data = new JsonObject
        {
            ["deviceConnectionStateEventInfo"] = new JsonObject { ["sequenceNumber"] = Interlocked.Increment(ref sequence).ToString("X64", CultureInfo.InvariantCulture) },
            ["hubName"] = hub.HostName, ["deviceId"] = device,
        };
        waiting.Writer.TryWrite(Event(
            connected ? "Microsoft.Devices.DeviceConnected" : "Microsoft.Devices.DeviceDisconnected", device, TimeProvider.System.GetUtcNow(), data, hub.HostName, cloudEvents));
    }

    private async Task RunAsync()
    {
        while (await waiting.Reader.WaitToReadAsync(stop.Token).ConfigureAwait(false))
        {
            if (Holds)
            {
                await Task.Delay(Wait, stop.Token).ConfigureAwait(false);
                continue;
            }

            var batch = new List<JsonObject>();
            while (batch.Count < 20 && waiting.Reader.TryRead(out var one)) batch.Add(one);
            if (Repeats) batch = [.. batch.AsEnumerable().Reverse(), .. batch];
            await DeliverAsync(batch).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever happens on the way, it is delivered again.")]
    private async Task DeliverAsync(List<JsonObject> batch)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
                request.Content = new StringContent(new JsonArray([.. batch.Select(e => e.DeepClone())]).ToJsonString(), Encoding.UTF8, cloudEvents ? "application/cloudevents-batch+json" : "application/json");
                request.Headers.Add("aeg-event-type", "Notification");
                request.Headers.Add("X-Field-Key", key);
                using var answer = await client.SendAsync(request, stop.Token).ConfigureAwait(false);
                answers.Enqueue(answer.StatusCode);
                if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.NoContent) return;
                if ((int)answer.StatusCode is 400 or 401 or 403 or 413)
                {
                    foreach (var one in batch) dead.Enqueue(one);
                    return;
                }
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                // Nobody is there: later.
            }

            await Task.Delay(Wait, stop.Token).ConfigureAwait(false);
        }
    }
}
