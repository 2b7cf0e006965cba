using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>
/// The service API that the hub uses: direct methods, twins and identities. Over plain HTTP, because only loopback sees it.
/// https://learn.microsoft.com/rest/api/iothub/service/devices/invoke-method
/// </summary>
internal sealed class StandInService : IAsyncDisposable
{
    private const int LongestPayload = 128 * 1024;

    private readonly IotHubStandIn hub;
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<string> calls = new();
    private Task serving = Task.CompletedTask;
    private int throttles;

    public StandInService(IotHubStandIn hub)
    {
        this.hub = hub;
        Url = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        listener.Prefixes.Add(Url.ToString());
    }

    public Uri Url { get; }

    public int Throttles
    {
        get => Volatile.Read(ref throttles);
        set => Volatile.Write(ref throttles, value);
    }

    public IReadOnlyCollection<string> Calls => calls;

    public void Start()
    {
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (true) _ = AnswerAsync(await listener.GetContextAsync().ConfigureAwait(false));
    }

    [SuppressMessage("Design", "CA1031", Justification = "A caller that went away is not this server's trouble.")]
    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            calls.Enqueue($"{call.Request.HttpMethod} {call.Request.Url!.AbsolutePath}");
            using var text = new StreamReader(call.Request.InputStream, Encoding.UTF8);
            var (status, body) = await JudgeAsync(call.Request, await text.ReadToEndAsync().ConfigureAwait(false)).ConfigureAwait(false);
            if (status == 429) call.Response.AddHeader("Retry-After", "1");
            call.Response.StatusCode = status;
            var bytes = Encoding.UTF8.GetBytes(body);
            call.Response.ContentType = "application/json; charset=utf-8";
            await call.Response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
            call.Response.Close();
        }
        catch (Exception)
        {
            call.Response.Abort();
        }
    }

    private async Task<(int Status, string Body)> JudgeAsync(HttpListenerRequest request, string body)
    {
        if (hub.IsDown) return (503, Error("ServiceUnavailable"));
        var path = request.Url!.AbsolutePath;
        var token = SasCheck.Expiry(
            request.Headers["Authorization"], hub.HostName + path, policy => policy == "service" ? Convert.FromBase64String(hub.ServiceKey) : null,
            TimeProvider.System.GetUtcNow(), out var reason);
        if (token is null) return (401, Error("IotHubUnauthorizedAccess: " + reason));
        if (request.QueryString["api-version"] != "2021-04-12") return (400, Error("InvalidProtocolVersion"));
        if (Throttles > 0 && Interlocked.Decrement(ref throttles) >= 0) return (429, Error("ThrottlingException"));
        var parts = path.Trim('/').Split('/');
        if (parts is ["devices", var named]) return Registry(request, named, body);
        if (parts is not ["twins", var id, ..] || hub.Find(id) is null) return (404, Error("DeviceNotFound"));
        return (request.HttpMethod, parts.ElementAtOrDefault(2)) switch
        {
            ("POST", "methods") => await InvokeAsync(id, body).ConfigureAwait(false),
            ("PATCH", null) => await PatchAsync(id, body).ConfigureAwait(false),
            ("GET", null) => (200, Twin(id).ToJsonString()),
            _ => (405, Error("MethodNotAllowed")),
        };
    }

    private (int Status, string Body) Registry(HttpListenerRequest request, string id, string body)
    {
        if (hub.IsRegistryForbidden) return (401, Error("IotHubUnauthorizedAccess"));
        if (hub.Find(id) is not { } device) return (404, Error("DeviceNotFound"));
        switch (request.HttpMethod)
        {
            case "GET":
                lock (device) return (200, IdentityRegistry.Read(device).ToJsonString());
            case "PUT" when JsonNode.Parse(body) is JsonObject said:
                hub.BeforePut?.Invoke();
                lock (device)
                {
                    if (IdentityRegistry.Write(device, said, request.Headers["If-Match"]) is not (200, _) and var (status, error)) return (status, Error(error!));
                }

                // Nobody keeps a connection who could not make it now.
                device.Session?.End("the identity was changed");
                return (200, IdentityRegistry.Read(device).ToJsonString());
            default:
                return (405, Error("MethodNotAllowed"));
        }
    }

    private async Task<(int Status, string Body)> InvokeAsync(string id, string body)
    {
        var call = JsonNode.Parse(body)!;
        var payload = Encoding.UTF8.GetBytes(call["payload"]?.ToJsonString() ?? "");
        if (payload.Length > LongestPayload) return (413, Error("MessageTooLarge"));
        var seconds = call["responseTimeoutInSeconds"]?.GetValue<int>() ?? 30;
        if (seconds is < 5 or > 300) return (400, Error("ArgumentInvalid: responseTimeoutInSeconds"));
        try
        {
            return await hub.InvokeAsync(id, call["methodName"]!.GetValue<string>(), payload, TimeSpan.FromSeconds(seconds)).ConfigureAwait(false) is var (status, said)
                ? (200, new JsonObject { ["status"] = status, ["payload"] = said.Length == 0 ? null : JsonNode.Parse(said) }.ToJsonString())
                : (404, Error("DeviceNotOnline"));
        }
        catch (TimeoutException)
        {
            return (504, Error("GatewayTimeout"));
        }
    }

    private async Task<(int Status, string Body)> PatchAsync(string id, string body)
    {
        if (JsonNode.Parse(body)?["properties"]?["desired"] is not JsonObject desired) return (400, Error("ArgumentInvalid"));
        return await hub.DesireAsync(id, (JsonObject)desired.DeepClone()).ConfigureAwait(false) is { } fault ? (400, Error("ArgumentInvalid: " + fault)) : (200, Twin(id).ToJsonString());
    }

    private JsonObject Twin(string id) => new()
    {
        ["deviceId"] = id,
        ["connectionState"] = hub.IsConnected(id) ? "Connected" : "Disconnected",
        ["properties"] = new JsonObject { ["desired"] = hub.Desired(id), ["reported"] = hub.Reported(id) },
    };

    private static string Error(string code) => new JsonObject { ["Message"] = $"ErrorCode:{code}" }.ToJsonString();
}
