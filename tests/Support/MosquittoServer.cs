using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Support;

/// <summary>Debian's mosquitto on loopback and a free port, for one test.</summary>
public sealed class MosquittoServer : IAsyncDisposable
{
    private readonly ServerFolder folder;
    private readonly string configuration;
    private ServerProcess? process;

    private MosquittoServer(ServerFolder folder, int port, string configuration)
    {
        this.folder = folder;
        this.configuration = configuration;
        Port = port;
    }

    public int Port { get; }

    public string Folder => folder.Path;

    /// <summary>What it logged lately.</summary>
    public string Log => process?.Output ?? "";

    /// <summary>Starts one without a password, TLS or rules.</summary>
    public static Task<MosquittoServer> StartAsync() => StartAsync(["allow_anonymous true"]);

    /// <param name="lines">
    /// Configuration behind the listener line; <c>{folder}</c> stands for the server's folder.
    /// </param>
    /// <param name="files">Files to put into its folder, by name.</param>
    public static async Task<MosquittoServer> StartAsync(IEnumerable<string> lines, IReadOnlyDictionary<string, string>? files = null)
    {
        var folder = new ServerFolder("mosquitto");
        var port = FreePort.Next();
        foreach (var (name, text) in files ?? new Dictionary<string, string>()) folder.Write(name, text);
        string[] all = ["log_dest stderr", "log_type all", $"listener {port} 127.0.0.1", "max_inflight_messages 2000", .. lines.Select(l => l.Replace("{folder}", folder.Path, StringComparison.Ordinal))];
        var server = new MosquittoServer(folder, port, folder.Write("mosquitto.conf", string.Join('\n', all) + "\n"));
        folder.HandOver();
        await server.StartAgainAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>SIGKILL; sessions are gone unless it had saved them.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        await process.KillAsync().ConfigureAwait(false);
        await process.DisposeAsync().ConfigureAwait(false);
        process = null;
    }

    /// <summary>Starts it again on the same port, and waits until it accepts connections.</summary>
    public async Task StartAgainAsync()
    {
        process = ServerProcess.Start("mosquitto", ["-c", configuration], "mosquitto");
        await Eventually.TrueAsync(
            async () =>
            {
                if (process.HasExited) throw new InvalidOperationException($"mosquitto ended at once:\n{process.Output}");
                return await AcceptsAsync().ConfigureAwait(false);
            },
            "mosquitto accepts connections").ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync().ConfigureAwait(false);
        folder.Dispose();
    }

    private async Task<bool> AcceptsAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
