namespace ThreeOneOne.Field.Support;

/// <summary>Debian's VictoriaMetrics on loopback and a free port, in a folder of its own, for one test.</summary>
public sealed class VictoriaServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("victoria");
    private readonly HttpClient client = new();
    private ServerProcess? process;

    public int Port { get; } = FreePort.Next();

    public string Url => $"http://127.0.0.1:{Port}";

    public static async Task<VictoriaServer> StartAsync()
    {
        var server = new VictoriaServer();
        server.folder.HandOver();
        server.process = ServerProcess.Start(
            "victoria-metrics",
            // What is written can be asked for at once.
            [$"-httpListenAddr=127.0.0.1:{server.Port}", $"-storageDataPath={server.folder.Path}/data", "-retentionPeriod=100y", "-search.latencyOffset=0s", "-search.disableCache"],
            "victoria-metrics");
        await HttpAnswer.WaitAsync(server.client, $"{server.Url}/health", server.process).ConfigureAwait(false);
        return server;
    }

    /// <summary>Runs MetricsQL at a time.</summary>
    /// <returns>The answer's JSON.</returns>
    public async Task<string> QueryAsync(string expression, DateTimeOffset at) =>
        await GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}&time={at.ToUnixTimeSeconds()}").ConfigureAwait(false);

    /// <summary>Takes Prometheus text as if it had been scraped now.</summary>
    public async Task ImportAsync(string metrics)
    {
        using var content = new StringContent(metrics);
        using var response = await client.PostAsync(new Uri($"{Url}/api/v1/import/prometheus"), content).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Makes what was written visible to queries.</summary>
    public Task FlushAsync() => GetAsync("internal/force_flush");

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync().ConfigureAwait(false);
        client.Dispose();
        folder.Dispose();
    }

    private Task<string> GetAsync(string path) => client.GetStringAsync(new Uri($"{Url}/{path}"));
}
