using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Support;

/// <summary>
/// Debian's PostgreSQL 15 on loopback and a free port, in a folder of its own, as an unprivileged user. It ends with the process
/// that started it, however that ends, because it holds a pipe from it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Owns databases and may not do more.</summary>
    public const string User = "hub";

    /// <summary>May do everything.</summary>
    public const string Administrator = "postgres";

    private const string Programs = "/usr/lib/postgresql/15/bin/";
    private const string Package = "postgresql-15 postgresql-15-postgis-3";

    // Ends the server when the pipe does, or when all of a run is told to end, and takes its folder away.
    private const string Keeper =
        """
        trap : TERM INT HUP
        program=$1; folder=$2; shift 2
        "$program" -D "$folder/data" -k "$folder" "$@" >>"$folder/log" 2>&1 & server=$!
        cat >/dev/null
        kill -INT $server 2>/dev/null; wait $server
        [ -e "$folder/leave" ] || rm -rf "$folder"
        """;

    private readonly ServerFolder folder = new("postgres");
    private readonly bool durable;
    private Process? keeper;

    private PostgresServer(bool durable) => this.durable = durable;

    public int Port { get; } = FreePort.Next();

    /// <summary>What it logged.</summary>
    public string Log => File.Exists(folder.Path + "/log") ? File.ReadAllText(folder.Path + "/log") : "";

    /// <param name="durable">Commits reach the disk, as a test needs that ends it in their midst.</param>
    /// <param name="more">Settings behind the usual ones, such as <c>max_connections=20</c>.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false, params string[] more)
    {
        if (!File.Exists(Programs + "postgres")) throw new InvalidOperationException($"these tests need PostgreSQL 15 with PostGIS: apt-get install {Package}");
        var server = new PostgresServer(durable);
        server.folder.HandOver();
        await RunAsync(Programs + "initdb", ["-D", server.folder.Path + "/data", "-E", "UTF8", "--locale=C", "-U", Administrator, "-A", "trust", "--no-sync"]).ConfigureAwait(false);
        await server.StartAgainAsync(more).ConfigureAwait(false);
        await server.ExecuteAsync("postgres", $"CREATE ROLE {User} LOGIN").ConfigureAwait(false);
        return server;
    }

    /// <summary>As Npgsql reads it.</summary>
    public string Connection(string database, string user = User) => $"Host=127.0.0.1;Port={Port};Database={database};Username={user}";

    /// <summary>By the socket in its folder.</summary>
    public string Socket(string database) => $"Host={folder.Path};Port={Port};Database={database};Username={User}";

    /// <summary>Makes a database of the user's with PostGIS.</summary>
    public async Task CreateAsync(string database)
    {
        await ExecuteAsync("postgres", $"CREATE DATABASE {database} OWNER {User}").ConfigureAwait(false);
        // The table of projections is most of an empty database, and no test asks for one.
        await ExecuteAsync(database, "CREATE EXTENSION postgis; TRUNCATE spatial_ref_sys").ConfigureAwait(false);
    }

    /// <summary>Runs SQL as administrator.</summary>
    public Task<string> ExecuteAsync(string database, string sql) =>
        RunAsync(Programs + "psql", ["-h", "127.0.0.1", "-p", $"{Port}", "-U", Administrator, "-d", database, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql]);

    /// <summary>Ends it at once, without a word to anybody and with everything that is not on its disk lost.</summary>
    public async Task KillAsync()
    {
        var pid = (await File.ReadAllLinesAsync(folder.Path + "/data/postmaster.pid").ConfigureAwait(false))[0];
        using (var kill = Process.Start("kill", ["-QUIT", pid])) await kill.WaitForExitAsync().ConfigureAwait(false);
        await EndKeeperAsync(leave: true).ConfigureAwait(false);
    }

    /// <summary>Starts it on the same port, and waits until it accepts connections.</summary>
    public async Task StartAgainAsync(params string[] more)
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"port={Port}", "max_connections=200", "shared_buffers=64MB", "log_min_messages=warning",
            .. durable ? Array.Empty<string>() : ["fsync=off", "full_page_writes=off", "max_wal_size=256MB", "autovacuum_naptime=10min"], .. more,
        ];
        var user = UnprivilegedUser.Current;
        string[] drop = user is null ? [] : ["setpriv", $"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"];
        string[] command = [.. drop, "sh", "-c", Keeper, "sh", Programs + "postgres", folder.Path, .. settings.SelectMany(s => new[] { "-c", s })];
        keeper = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/" })!;
        File.Delete(folder.Path + "/leave");
        await Eventually.TrueAsync(AnswersAsync, "PostgreSQL accepts connections").ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await EndKeeperAsync(leave: false).ConfigureAwait(false);
        folder.Dispose();
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var user = UnprivilegedUser.Current;
        string[] drop = user is null ? [] : ["setpriv", $"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"];
        string[] command = [.. drop, program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await errors.ConfigureAwait(false)}");
    }

    private async Task EndKeeperAsync(bool leave)
    {
        if (keeper is null) return;
        if (leave) folder.Write("leave", "");
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync().ConfigureAwait(false);
        keeper.Dispose();
        keeper = null;
    }

    private async Task<bool> AnswersAsync()
    {
        if (keeper!.HasExited) throw new InvalidOperationException($"PostgreSQL ended at once:\n{Log}");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port).ConfigureAwait(false);
            await ExecuteAsync("postgres", "SELECT 1").ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return false;
        }
    }
}
