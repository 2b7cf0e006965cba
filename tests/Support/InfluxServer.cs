namespace ThreeOneOne.Field.Support;

/// <summary>Debian's InfluxDB 1.6 on loopback and free ports, in a folder of its own, for one test.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("influx");
    private readonly HttpClient client = new();
    private readonly string configuration;
    private ServerProcess? process;

    private InfluxServer()
    {
        configuration = folder.Write("influxdb.conf", $"""
            reporting-enabled = false
            bind-address = "127.0.0.1:{FreePort.Next()}"
            [meta]
              dir = "{folder.Path}/meta"
            [data]
              dir = "{folder.Path}/data"
              wal-dir = "{folder.Path}/wal"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{Port}"
            """);
        folder.HandOver();
    }

    public int Port { get; } = FreePort.Next();

    public string Url => $"http://127.0.0.1:{Port}";

    public static async Task<InfluxServer> StartAsync()
    {
        var server = new InfluxServer();
        await server.StartAgainAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>Runs InfluxQL.</summary>
    /// <returns>The answer's JSON.</returns>
    public async Task<string> QueryAsync(string statement, string database = "threeoneone")
    {
        using var form = new FormUrlEncodedContent([new("q", statement), new("db", database), new("epoch", "ms")]);
        using var response = await client.PostAsync(new Uri($"{Url}/query"), form).ConfigureAwait(false);
        var answer = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return answer.Contains("\"error\"", StringComparison.Ordinal) ? throw new InvalidOperationException($"{statement}: {answer}") : answer;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        await process.KillAsync().ConfigureAwait(false);
        await process.DisposeAsync().ConfigureAwait(false);
        process = null;
    }

    /// <summary>Starts it on the same port and data, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        process = ServerProcess.Start("influxd", ["-config", configuration], "influxdb");
        await HttpAnswer.WaitAsync(client, $"{Url}/ping", process).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync().ConfigureAwait(false);
        client.Dispose();
        folder.Dispose();
    }
}
