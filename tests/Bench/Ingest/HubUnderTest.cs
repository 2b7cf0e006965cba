using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>The shipped hub as its own process, with everything on, on a data folder of its own.</summary>
internal sealed class HubUnderTest : IAsyncDisposable
{
    public const string Jurisdiction = "cambridge-ma";

    private readonly BenchContext context;
    private readonly string settings;
    private ServerProcess? process;

    private HubUnderTest(BenchContext context, string settings, string folder, HttpClient client) =>
        (this.context, this.settings, Folder, Client) = (context, settings, folder, client);

    public string Folder { get; }

    /// <summary>Carries a key that may do everything.</summary>
    public HttpClient Client { get; }

    public int Pid => process!.Pid;

    /// <param name="context">Where.</param>
    /// <param name="broker">The broker that it reads.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="postgres">Connection of a PostgreSQL database; null: SQLite in its folder.</param>
    /// <param name="map">Settings of its map; null: it serves no page.</param>
    public static async Task<HubUnderTest> StartAsync(BenchContext context, BenchBroker broker, CancellationToken stop, string? postgres = null, object? map = null)
    {
        var folder = Path.Combine(context.Scratch, "hub");
        var (port, tls) = (FreePort.Next(), broker.HubCertificate);
        var settings = Path.Combine(context.Scratch, "field-hub.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Hub"] = new { Port = port, Jurisdiction },
            ["Storage"] = postgres is null ? new { Folder = folder } : new { Folder = folder, Kind = "postgres", Connection = postgres },
            // Nothing is old enough to go, but it is looked for all the time.
            ["Retention"] = new { Every = "00:00:01" },
            ["Broker"] = new { Kind = "external", Host = "localhost", Port = broker.TlsPort, tls.CaFile, tls.CertificateFile, tls.KeyFile },
            ["Map"] = map ?? new { },
        }), stop).ConfigureAwait(false);
        var hub = new HubUnderTest(context, settings, folder, new HttpClient { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromSeconds(60) });
        await hub.StartAgainAsync(stop).ConfigureAwait(false);
        hub.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await hub.NewKeyAsync(stop).ConfigureAwait(false));
        return hub;
    }

    public async Task StartAgainAsync(CancellationToken stop)
    {
        process = ServerProcess.Run("dotnet", [context.HubProgram, "run", "--config", settings]);
        await Eventually.TrueAsync(async () =>
        {
            if (process.HasExited) throw new InvalidOperationException($"the hub ended:\n{process.Output}");
            try
            {
                using var answer = await Client.GetAsync(new Uri("/healthz", UriKind.Relative), stop).ConfigureAwait(false);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the hub is ready", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
    }

    public async Task KillAsync()
    {
        await process!.KillAsync().ConfigureAwait(false);
        await process.DisposeAsync().ConfigureAwait(false);
    }

    public async Task RegisterAsync(IEnumerable<string> vehicles, CancellationToken stop)
    {
        foreach (var id in vehicles)
        {
            using var answer = await Client.PostAsJsonAsync(new Uri("/api/vehicles", UriKind.Relative), new { id, name = id, kind = "crewed" }, stop).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
        }
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken stop) =>
        JsonDocument.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative), stop).ConfigureAwait(false)).RootElement;

    /// <summary>Runs another command of the hub against the same data.</summary>
    public async Task<string> CommandAsync(IEnumerable<string> words, CancellationToken stop)
    {
        var start = new ProcessStartInfo("dotnet", [context.HubProgram, .. words, "--config", settings]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var command = Process.Start(start)!;
        var output = await command.StandardOutput.ReadToEndAsync(stop).ConfigureAwait(false);
        var errors = await command.StandardError.ReadToEndAsync(stop).ConfigureAwait(false);
        await command.WaitForExitAsync(stop).ConfigureAwait(false);
        return command.ExitCode == 0 ? output : throw new InvalidOperationException($"field-hub {string.Join(' ', words)}: {errors}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (process is null) return;
        await process.KillAsync().ConfigureAwait(false);
        await process.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<string> NewKeyAsync(CancellationToken stop) =>
        (await CommandAsync(["keys", "create", "--name", "bench", "--role", "city-it"], stop).ConfigureAwait(false))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
}
