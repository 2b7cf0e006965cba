using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>
/// The real agent behind a mosquitto where everybody may write everything: whoever holds the hub's identity, or the broker, can send
/// it whatever they like.
/// </summary>
public sealed class SecurityAgent : IAsyncDisposable
{
    public const string Vehicle = "van-1";
    public const string Era = "eraeraera";

    private readonly TestCertificates certificates;
    private readonly MosquittoServer broker;
    private readonly ChildProcess process;
    private readonly CommandWatch watch;
    private readonly HttpClient http;
    private long version;

    private SecurityAgent(TestCertificates certificates, MosquittoServer broker, ChildProcess process, IPublisher line, CommandWatch watch, int console)
    {
        (this.certificates, this.broker, this.process, Line, this.watch) = (certificates, broker, process, line, watch);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{console}/"), Timeout = TimeSpan.FromMinutes(2) };
        Console = console;
    }

    /// <summary>What its device profiles are signed with.</summary>
    public ECDsa ProfileKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What it said last of its device profile.</summary>
    public DeviceProfileReport? DeviceProfile => watch.Status?.DeviceProfile;

    /// <summary>A session that may write on every topic.</summary>
    public IPublisher Line { get; }

    public int Console { get; }

    public HttpClient Screen => http;

    public bool HasExited => process.HasExited;

    /// <summary>Version of the newest state that was sent rightly.</summary>
    public long Version => version;

    public static async Task<SecurityAgent> StartAsync(SecurityOptions options, Children children, CancellationToken stop)
    {
        var certificates = new TestCertificates();
        var broker = await MosquittoServer.StartAsync(
            ["cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "require_certificate true", "use_identity_as_username true", "allow_anonymous false", "max_queued_messages 20000"],
            certificates.ServerFiles()).ConfigureAwait(false);
        var tls = certificates.Client(Vehicle);
        var home = Directory.CreateDirectory(Path.Combine(options.Folder, Vehicle)).FullName;
        var console = FreePort.Next();
        var settings = Path.Combine(home, "field-agent.json");
        var keys = Path.Combine(home, "profile-keys.pem");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Vehicle"] = new { Id = Vehicle, SecurityScene.Jurisdiction, Kind = "Crewed", Data = Path.Combine(home, "data") },
            ["Link"] = new { Host = "127.0.0.1", broker.Port, tls.CaFile, tls.CertificateFile, tls.KeyFile, ProfileKeysFile = keys },
            ["Console"] = new { Port = console, LockAboveMps = 0, PageFolder = Canary.MakePage(Path.Combine(home, "page")) },
        }), stop).ConfigureAwait(false);
        var process = children.Start(Vehicle, Path.Combine(options.Folder, "agent.log"), [SecurityHub.Dotnet, options.Agent, "run", "--config", settings]);
        var line = MqttPublisher.Start(
            new LinkOptions { Host = "127.0.0.1", Port = broker.Port, ClientId = "hub-down", Tls = certificates.Client("hub-down"), InFlight = 200, PublishTimeout = TimeSpan.FromMinutes(2) },
            TimeProvider.System);
        var watch = new CommandWatch(broker.Port, certificates.Client("watch"));
        var agent = new SecurityAgent(certificates, broker, process, line, watch, console);
        // Read anew at each bundle.
        await File.WriteAllTextAsync(keys, agent.ProfileKey.ExportSubjectPublicKeyInfoPem() + "\n", stop).ConfigureAwait(false);
        await Eventually.TrueAsync(async () => process.HasExited || await agent.StateAsync().ConfigureAwait(false) is { } s && s.GetProperty("connected").GetBoolean(), "the agent is connected", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        if (process.HasExited) throw new InvalidDataException($"the agent does not start: {process.LastWords()}");
        using var signOn = await agent.http.PostAsJsonAsync(new Uri("console/shift", UriKind.Relative), new { state = "on", crew = "crew-1", members = new[] { "m-1" } }, stop).ConfigureAwait(false);
        if (!signOn.IsSuccessStatusCode) throw new InvalidDataException("the crew cannot sign on: " + await signOn.Content.ReadAsStringAsync(stop).ConfigureAwait(false));
        return agent;
    }

    /// <summary>What the crew sees; null while the screen does not answer.</summary>
    public async Task<JsonElement?> StateAsync()
    {
        try
        {
            return await http.GetFromJsonAsync<JsonElement>(new Uri("console/state", UriKind.Relative)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Ids of the orders on the crew's screen.</summary>
    public async Task<IReadOnlyList<string>> OrdersAsync() =>
        await StateAsync().ConfigureAwait(false) is { } state ? [.. state.GetProperty("orders").EnumerateArray().Select(o => o.GetProperty("id").GetString()!)] : [];

    public Task<DeliveryResult> SendAsync(Lane lane, ReadOnlyMemory<byte> payload, CancellationToken stop) =>
        Line.PublishAsync(new Topic(SecurityScene.Jurisdiction, Vehicle, lane).ToString(), payload, Qos.AtLeastOnce, retain: false, stop).AsTask();

    /// <summary>Gives the crew one order, as the hub does.</summary>
    /// <returns>Null when it is on the screen; else what is.</returns>
    public async Task<string?> GiveOrderAsync(CancellationToken stop)
    {
        var id = "right-" + (++version).ToString(CultureInfo.InvariantCulture);
        await SendAsync(Lane.Orders, WireCodec.Encode(Orders(version, id), WireJson.Default.OrdersState), stop).ConfigureAwait(false);
        try
        {
            await Eventually.TrueAsync(async () => (await OrdersAsync().ConfigureAwait(false)).SequenceEqual([id]), "the order is on the screen", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException)
        {
            return $"the screen shows {string.Join(",", await OrdersAsync().ConfigureAwait(false))} instead of {id}";
        }
    }

    /// <summary>Gives it a profile and a danger, so that it holds something of every lane.</summary>
    public async Task TellAllAsync(CancellationToken stop)
    {
        version++;
        await SendAsync(Lane.Profile, WireCodec.Encode(Profile(version, "crew-1"), WireJson.Default.ProfileState), stop).ConfigureAwait(false);
        await SendAsync(Lane.Hazards, WireCodec.Encode(Hazards(version, "hz-right"), WireJson.Default.HazardsState), stop).ConfigureAwait(false);
    }

    /// <summary>What of the screen comes from the hub, but for the orders.</summary>
    public async Task<string> ToldAsync()
    {
        if (await StateAsync().ConfigureAwait(false) is not { } state) return "";
        return string.Join('|', ((string[])["crews", "services", "rates", "notices"]).Select(n => state.GetProperty(n).GetRawText())
            .Append(string.Join(',', state.GetProperty("hazards").EnumerateArray().Select(h => h.GetProperty("id").GetString()))));
    }

    /// <summary>Records that wait: nobody here ever acknowledges one.</summary>
    public async Task<int> UnsentAsync() => await StateAsync().ConfigureAwait(false) is { } state ? state.GetProperty("unsent").GetInt32() : 0;

    /// <summary>Times that commands ran whose id begins so.</summary>
    public int CommandsRun(string prefix) => watch.Ran(prefix);

    /// <summary>Waits until a command has run, and what was sent with it had time to.</summary>
    /// <returns>Times that it ran.</returns>
    public async Task<int> WatchAsync(string id, CancellationToken stop)
    {
        await Eventually.TrueAsync(() => watch.Ran(id) > 0, "the command runs", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        if (await GiveOrderAsync(stop).ConfigureAwait(false) is { } fault) throw new InvalidDataException(fault);
        return watch.Ran(id);
    }

    public static ProfileState Profile(long version, string crew) => new()
    {
        StateVersion = version, Era = Era,
        Profile = JsonSerializer.SerializeToElement(
            new VehicleProfile { Crews = [new ProfileCrew(crew, crew)], Services = [], Rates = [] }, WireJson.Default.VehicleProfile),
    };

    public static HazardsState Hazards(long version, string id)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new HazardsState { StateVersion = version, Era = Era, Hazards = [new HazardCopy(id, "flooding", new GeoPoint(42.3655, -71.1037), now, now.AddHours(6))] };
    }

    public static OrdersState Orders(long version, string id) => new()
    {
        StateVersion = version, Era = Era, Crew = "crew-1",
        Orders = [new OrderCopy { Id = id, Number = "WO-26-000001", Service = "pothole", Title = "Pothole", At = new GeoPoint(42.3655, -71.1037), Priority = 2, State = "assigned" }],
    };

    public async ValueTask DisposeAsync()
    {
        await process.EndAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(false);
        process.Dispose();
        await watch.DisposeAsync().ConfigureAwait(false);
        await Line.DisposeAsync().ConfigureAwait(false);
        await broker.DisposeAsync().ConfigureAwait(false);
        certificates.Dispose();
        ProfileKey.Dispose();
        http.Dispose();
    }
}
