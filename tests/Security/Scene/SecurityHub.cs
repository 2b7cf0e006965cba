using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>The real hub with its own mosquitto.</summary>
public sealed class SecurityHub : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly SecurityOptions options;
    private readonly string settings;
    private ChildProcess? process;

    public SecurityHub(SecurityOptions options)
    {
        this.options = options;
        settings = Path.Combine(options.Folder, "field-hub.json");
        var port = FreePort.Next();
        (Address, BrokerPort, DoorPort) = (new Uri($"http://127.0.0.1:{port}/"), FreePort.Next(), FreePort.Next());
        Books = new HubBooks(Path.Combine(Data, "hub.db"));
        Api = new HubApi(Address);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64 }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        Canary.Plant(options.Folder);
        var policyKey = Path.Combine(options.Folder, "policy.key");
        DemoFolder.WriteSecret(policyKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        DemoFolder.WriteSecret(WebhookKeyFile, WebhookKey + "\n");
        File.WriteAllText(settings, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Hub"] = new { Port = port, Jurisdiction = SecurityScene.Jurisdiction },
            ["Storage"] = new { Folder = Data },
            ["Broker"] = new { Port = BrokerPort },
            ["Map"] = new { PageFolder = Canary.MakePage(Path.Combine(options.Folder, "page")), GlyphsFolder = Canary.MakePage(Path.Combine(options.Folder, "glyphs")) },
            // Nobody is there: only the webhook is tried.
            ["Azure"] = new { Host = AzureHost, ServiceUrl = "http://127.0.0.1:1", PolicyKeyFile = policyKey, WebhookKeyFile, Vehicles = new[] { AzureVehicle } },
            // The limits are tried elsewhere: here every message shall reach what is behind them.
            ["Enrolment"] = new { Port = DoorPort, WrongCodesPerAddress = 1_000 },
            ["Access"] = new { CallsPerMinute = 1_000_000, AnonymousCallsPerMinute = 1_000_000, SignInFailuresPerAddress = 10_000 },
            ["Open311"] = new { CallsPerMinutePerAddress = 100_000, PostsPerMinutePerKey = 100_000 },
        }));
    }

    public const string AzureHost = "stand-in.azure-devices.net";

    /// <summary>The one vehicle that speaks through Azure IoT Hub.</summary>
    public const string AzureVehicle = "azured";

    public Uri Address { get; }

    public int BrokerPort { get; }

    /// <summary>The vehicles' door.</summary>
    public int DoorPort { get; }

    /// <summary>For what only the passing of time brings about.</summary>
    public HubBooks Books { get; }

    /// <summary>What Event Grid shows.</summary>
    public string WebhookKey { get; } = RandomNumberGenerator.GetHexString(48, lowercase: true);

    public HubApi Api { get; }

    /// <summary>Without a key, without cookies.</summary>
    public HttpClient Http { get; }

    public string Key { get; private set; } = "";

    public string Data => Path.Combine(options.Folder, "hub");

    public string Log => Path.Combine(options.Folder, "hub.log");

    private string WebhookKeyFile => Path.Combine(options.Folder, "webhook.key");

    public bool HasExited => process?.HasExited ?? true;

    /// <exception cref="InvalidDataException">It does not start.</exception>
    public async Task StartAsync(Children children, CancellationToken stop)
    {
        process = children.Start("hub", Log, [Dotnet, options.Hub, "run", "--config", settings]);
        var began = Stopwatch.GetTimestamp();
        while (!await Api.IsHealthyAsync(stop).ConfigureAwait(false))
        {
            if (process.HasExited) throw new InvalidDataException($"the hub does not start: {process.LastWords()} (see {Log})");
            if (Stopwatch.GetElapsedTime(began) > StartLimit) throw new InvalidDataException($"the hub was not ready within {StartLimit.TotalSeconds:0} s (see {Log})");
            await Task.Delay(50, stop).ConfigureAwait(false);
        }

        Key = await RunAsync(stop, "keys", "create", "--name", "security run", "--role", "city-it").ConfigureAwait(false);
        Api.Use(Key);
    }

    /// <summary>Runs a command of the hub's program beside it.</summary>
    /// <returns>The last line that it printed.</returns>
    /// <exception cref="InvalidDataException">It failed.</exception>
    public async Task<string> RunAsync(CancellationToken stop, params string[] words)
    {
        var start = new ProcessStartInfo(Dotnet, [options.Hub, .. words, "--config", settings]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var command = Process.Start(start) ?? throw new InvalidDataException("dotnet could not be started");
        var errors = command.StandardError.ReadToEndAsync(stop);
        var output = await command.StandardOutput.ReadToEndAsync(stop).ConfigureAwait(false);
        await command.WaitForExitAsync(stop).ConfigureAwait(false);
        if (command.ExitCode != 0) throw new InvalidDataException($"field-hub {string.Join(' ', words)} failed: {await errors.ConfigureAwait(false)}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
    }

    /// <summary>Readings that the hub has accepted.</summary>
    public async Task<long> ReadingsAsync(CancellationToken stop) =>
        (await Api.GetAsync("api/figures", stop).ConfigureAwait(false)).GetProperty("readings").GetInt64();

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, bool withKey, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (withKey) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return await Http.SendAsync(request, stop).ConfigureAwait(false);
    }

    public Task EndAsync() => process?.EndAsync(TimeSpan.FromSeconds(30)) ?? Task.CompletedTask;

    public void Dispose()
    {
        Api.Dispose();
        Http.Dispose();
        process?.Dispose();
    }

    internal static string Dotnet => Environment.ProcessPath ?? "dotnet";
}
