using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>
/// Stands in for Azure IoT Hub on loopback: MQTT 3.1.1 over TLS towards devices, as its documentation describes it, and the part of
/// its service API that the hub uses. What it does not cover: README.md beside it.
/// </summary>
public sealed class IotHubStandIn : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, FreePort.Next());
    private readonly X509Certificate2 server;
    private readonly X509Certificate2 authority;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, StandInDevice> devices = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<StandInSession, byte> sessions = new();
    private readonly ConcurrentQueue<string> refusals = new();
    private readonly ConcurrentQueue<StandInMessage> messages = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<(int Status, byte[] Body)>> methods = new();
    private readonly Lock gate = new();
    private readonly StandInService service;
    private Task accepting = Task.CompletedTask;
    private int connects;
    private int lastRid;
    private int twinThrottles;

    private IotHubStandIn(TestCertificates certificates)
    {
        var files = certificates.ServerFiles();
        using var pem = X509Certificate2.CreateFromPem(files["server.crt"], files["server.key"]);
        server = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), null);
        authority = X509Certificate2.CreateFromPem(files["ca.crt"]);
        service = new StandInService(this);
    }

    /// <summary>What tokens and user names must name.</summary>
    public string HostName { get; } = "localhost";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Address of the service API.</summary>
    public Uri ServiceUrl => service.Url;

    /// <summary>Key of the shared access policy <c>service</c>, base64.</summary>
    public string ServiceKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Told of every device-to-cloud message and every change of connection, as routes and Event Grid would be.</summary>
    public event Action<StandInMessage>? Routed;

    public event Action<string, bool>? ConnectionChanged;

    /// <summary>Why connections were refused or ended.</summary>
    public IReadOnlyCollection<string> Refusals => refusals;

    public IReadOnlyCollection<StandInMessage> Messages => messages;

    /// <summary>Connections that were accepted.</summary>
    public int Connects => Volatile.Read(ref connects);

    /// <summary>True: publishes are neither read nor answered, as on a line that is half-open.</summary>
    public bool IsSilent { get; set; }

    /// <summary>True: publishes are taken and not acknowledged, as a throttled hub does for a while.</summary>
    public bool KeepsAcknowledgements { get; set; }

    /// <summary>True: nobody can connect, and the service API answers 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>True: the policy of the service API may not touch identities of devices.</summary>
    public bool IsRegistryForbidden { get; set; }

    /// <summary>What happens between the read of an identity and the next change of one.</summary>
    public Action? BeforePut { get; set; }

    /// <summary>How far its clock is behind, so that a test with short tokens does not hang on how fast the machine is.</summary>
    public TimeSpan Behind { get; set; }

    /// <summary>So many calls of the service API are answered 429 first.</summary>
    public int ThrottleCalls
    {
        get => service.Throttles;
        set => service.Throttles = value;
    }

    /// <summary>So many questions about twins are answered 429 first.</summary>
    public void ThrottleTwins(int count) => Volatile.Write(ref twinThrottles, count);

    /// <summary>Calls of the service API: method and path.</summary>
    public IReadOnlyCollection<string> Calls => service.Calls;

    public static IotHubStandIn Start(TestCertificates certificates)
    {
        var hub = new IotHubStandIn(certificates);
        hub.listener.Start();
        hub.accepting = Task.Run(hub.AcceptAsync);
        hub.service.Start();
        return hub;
    }

    /// <returns>The device's key, base64.</returns>
    public string AddDevice(string id)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        devices[id] = new StandInDevice(id, key);
        return Convert.ToBase64String(key);
    }

    /// <summary>A device that proves itself by a certificate of the authority, which names it.</summary>
    public void AddCertifiedDevice(string id) => devices[id] = new StandInDevice(id, null);

    public bool IsConnected(string id) => devices[id].Session is not null;

    /// <summary>The identity of a device, as the registry gives it; changed by somebody beside the hub when a change is given.</summary>
    public JsonObject Identity(string id, Action<JsonObject>? change = null)
    {
        var device = devices[id];
        lock (device)
        {
            var identity = IdentityRegistry.Read(device);
            if (change is null) return identity;
            change(identity);
            if (IdentityRegistry.Write(device, identity, "*") is not (200, _)) throw new ArgumentException("no identity", nameof(change));
            return IdentityRegistry.Read(device);
        }
    }

    /// <summary>The line breaks, without a word from either side.</summary>
    public void Cut(string id) => devices[id].Session?.End("cut");

    public JsonObject Reported(string id)
    {
        lock (gate) return (JsonObject)devices[id].Reported.DeepClone();
    }

    public JsonObject Desired(string id)
    {
        lock (gate) return (JsonObject)devices[id].Desired.DeepClone();
    }

    /// <summary>Changes desired properties, as the service API does.</summary>
    /// <returns>Why it was refused; null when it was not.</returns>
    public async Task<string?> DesireAsync(string id, JsonObject patch)
    {
        var device = devices[id];
        int version;
        lock (gate)
        {
            if (TwinRules.Merge(device.Desired, patch) is { } fault) return fault;
            version = ++device.DesiredVersion;
        }

        const string Filter = "$iothub/twin/PATCH/properties/desired/";
        patch["$version"] = version;
        if (device.Session is { } session && session.Hears(Filter + "#"))
            await session.SendAsync($"{Filter}?$version={version}", Encoding.UTF8.GetBytes(patch.ToJsonString()), 0).ConfigureAwait(false);
        return null;
    }

    /// <summary>Calls a direct method.</summary>
    /// <returns>The device's answer; null when it is not connected or did not subscribe.</returns>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public async Task<(int Status, byte[] Body)?> InvokeAsync(string id, string name, byte[] payload, TimeSpan within)
    {
        if (!devices.TryGetValue(id, out var device) || device.Session is not { } session || !session.Hears("$iothub/methods/POST/#")) return null;
        var rid = Interlocked.Increment(ref lastRid).ToString("x", CultureInfo.InvariantCulture);
        var answer = methods.GetOrAdd(rid, _ => new TaskCompletionSource<(int, byte[])>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await session.SendAsync($"$iothub/methods/POST/{name}/?$rid={rid}", payload, 0).ConfigureAwait(false);
            return await answer.Task.WaitAsync(within).ConfigureAwait(false);
        }
        finally
        {
            methods.TryRemove(rid, out _);
        }
    }

    /// <summary>Sends a cloud-to-device message to a device that is connected and subscribed to them; none waits here.</summary>
    public async Task SendToDeviceAsync(string id, string bag, byte[] body)
    {
        var topic = $"devices/{id}/messages/devicebound/";
        if (devices[id].Session is { } session && session.Hears(topic + "#")) await session.SendAsync(topic + bag, body, 1).ConfigureAwait(false);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The accept loop ends with the listener.")]
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        listener.Stop();
        foreach (var session in sessions.Keys) session.End("the stand-in ends");
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await service.DisposeAsync().ConfigureAwait(false);
        listener.Dispose();
        server.Dispose();
        authority.Dispose();
        stop.Dispose();
    }

    internal DateTimeOffset Now => TimeProvider.System.GetUtcNow() - Behind;

    internal StandInDevice? Find(string id) => devices.GetValueOrDefault(id);

    internal void Note(string refusal) => refusals.Enqueue(refusal);

    internal void Joined(StandInDevice device, StandInSession session)
    {
        StandInSession? before;
        lock (gate) (before, device.Session) = (device.Session, session);

        before?.End("another connection with the same device id");
        Interlocked.Increment(ref connects);
        ConnectionChanged?.Invoke(device.Id, true);
    }

    internal void Left(StandInDevice device, StandInSession session)
    {
        lock (gate)
        {
            if (device.Session != session) return;
            device.Session = null;
        }

        ConnectionChanged?.Invoke(device.Id, false);
    }

    /// <returns>False: no topic of a device; the connection ends.</returns>
    internal async Task<bool> TakeAsync(StandInSession session, string topic, byte[] body, bool retain)
    {
        var device = session.Device!;
        if (topic.StartsWith($"devices/{device.Id}/messages/events/", StringComparison.Ordinal))
        {
            Telemetry(device, topic, body, retain, isWill: false);
            return true;
        }

        if (Rid(topic, "$iothub/twin/GET/?") is { } get)
        {
            var text = "";
            lock (gate)
            {
                var (desired, reported) = ((JsonObject)device.Desired.DeepClone(), (JsonObject)device.Reported.DeepClone());
                (desired["$version"], reported["$version"]) = (device.DesiredVersion, device.ReportedVersion);
                text = new JsonObject { ["desired"] = desired, ["reported"] = reported }.ToJsonString();
            }

            await AnswerAsync(session, IsThrottled() ? 429 : 200, $"$rid={get}", text).ConfigureAwait(false);
            return true;
        }

        if (Rid(topic, "$iothub/twin/PATCH/properties/reported/?") is { } patch)
        {
            var status = IsThrottled() ? 429 : Patch(device, body);
            await AnswerAsync(session, status, $"$rid={patch}&$version={device.ReportedVersion}", "").ConfigureAwait(false);
            return true;
        }

        if (topic.StartsWith("$iothub/methods/res/", StringComparison.Ordinal) && topic["$iothub/methods/res/".Length..].Split("/?$rid=") is [var said, var rid])
        {
            if (methods.TryRemove(rid, out var waiting)) waiting.TrySetResult((int.Parse(said, CultureInfo.InvariantCulture), body));
            return true;
        }

        return false;
    }

    internal void Telemetry(StandInDevice device, string topic, byte[] body, bool retain, bool isWill)
    {
        var now = TimeProvider.System.GetUtcNow();
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var system = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["iothub-connection-device-id"] = device.Id,
            ["iothub-connection-auth-method"] = device.Key is null ? "{\"scope\":\"device\",\"type\":\"x509\"}" : "{\"scope\":\"device\",\"type\":\"sas\"}",
            ["iothub-enqueuedtime"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["iothub-message-source"] = "Telemetry",
        };
        foreach (var pair in topic[$"devices/{device.Id}/messages/events/".Length..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var (name, value) = (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
            if (name == "$.ct") system["iothub-content-type"] = value;
            else if (name == "$.ce") system["iothub-content-encoding"] = value;
            else properties[name] = value;
        }

        if (retain) properties["mqtt-retain"] = "true";
        if (isWill) properties["iothub-MessageType"] = "Will";
        var message = new StandInMessage(device.Id, properties, system, body, now);
        messages.Enqueue(message);
        Routed?.Invoke(message);
    }

    private static string? Rid(string topic, string prefix) =>
        topic.StartsWith(prefix + "$rid=", StringComparison.Ordinal) ? topic[(prefix.Length + "$rid=".Length)..] : null;

    private static Task AnswerAsync(StandInSession session, int status, string query, string body) => session.Hears("$iothub/twin/res/#")
        ? session.SendAsync($"$iothub/twin/res/{status}/?{query}", status == 200 ? Encoding.UTF8.GetBytes(body) : [], 0)
        : Task.CompletedTask;

    private bool IsThrottled() => Volatile.Read(ref twinThrottles) > 0 && Interlocked.Decrement(ref twinThrottles) >= 0;

    private int Patch(StandInDevice device, byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject patch) return 400;
            lock (gate)
            {
                if (TwinRules.Merge(device.Reported, patch) is not null) return 400;
                device.ReportedVersion++;
            }

            return 204;
        }
        catch (JsonException)
        {
            return 400;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever one connection does, the others' are accepted.")]
    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token).ConfigureAwait(false);
            if (IsDown) client.Dispose();
            else _ = Task.Run(() => ServeAsync(client));
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A handshake that fails is noted.")]
    private async Task ServeAsync(TcpClient client)
    {
        using var own = client;
        client.NoDelay = true;
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = server,
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is null || IsOurs((X509Certificate2)certificate),
            }, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Note($"TLS: {e.Message}");
            return;
        }

        using var session = new StandInSession(this, stream, stream.RemoteCertificate as X509Certificate2);
        sessions[session] = 0;
        await session.RunAsync().ConfigureAwait(false);
        sessions.TryRemove(session, out _);
    }

    private bool IsOurs(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
