using System.Diagnostics;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>
/// A PostgreSQL of the demo's own, in its data folder. It listens on a socket in a folder that only the demo's user may enter,
/// and on no port.
/// </summary>
public sealed class DemoDatabase(DemoFolder folder, Children children, TimeProvider time)
{
    private const string Programs = "/usr/lib/postgresql/15/bin/";
    private const string Administrator = "postgres";
    private const string Name = "field";

    // A name of sockaddr_un(7) with what PostgreSQL adds to the folder.
    private const int LongestFolder = 90;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private ChildProcess? _process;

    /// <summary>As the hub's settings want it.</summary>
    public string Connection => $"Host={folder.Postgres};Database={Name};Username={Name}";

    /// <exception cref="SetupException">PostgreSQL 15 is not on this machine.</exception>
    /// <exception cref="InvalidDataException">It doesn't start; the message says why.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        if (!File.Exists(Programs + "postgres") || !File.Exists("/usr/share/postgresql/15/extension/postgis.control"))
            throw new SetupException("PostgreSQL 15 with PostGIS is not on this machine: install the Debian packages postgresql-15 and postgresql-15-postgis-3");
        if (folder.Postgres.Length > LongestFolder) throw new SetupException($"The path {folder.Postgres} is too long for a socket of PostgreSQL: choose a shorter --data");
        var data = Path.Combine(folder.Postgres, "data");
        if (!Directory.Exists(folder.Postgres)) Directory.CreateDirectory(folder.Postgres, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!File.Exists(Path.Combine(folder.Postgres, "made")))
        {
            // A cluster that was begun and not finished is nobody's.
            if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
            await RunAsync("initdb", ["-D", data, "-E", "UTF8", "--locale=C", "-U", Administrator, "-A", "trust"], stop).ConfigureAwait(false);
        }

        await ServeAsync(data, stop).ConfigureAwait(false);
        if (File.Exists(Path.Combine(folder.Postgres, "made"))) return;
        await SqlAsync("postgres", $"DROP DATABASE IF EXISTS {Name}", stop).ConfigureAwait(false);
        await SqlAsync("postgres", $"DROP ROLE IF EXISTS {Name}", stop).ConfigureAwait(false);
        await SqlAsync("postgres", $"CREATE ROLE {Name} LOGIN", stop).ConfigureAwait(false);
        await SqlAsync("postgres", $"CREATE DATABASE {Name} OWNER {Name}", stop).ConfigureAwait(false);
        await SqlAsync(Name, "CREATE EXTENSION postgis", stop).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder.Postgres, "made"), "", stop).ConfigureAwait(false);
    }

    /// <summary>After the hub: it waits for its clients.</summary>
    public Task EndAsync() => _process?.EndAsync(TimeSpan.FromSeconds(15)) ?? Task.CompletedTask;

    private async Task ServeAsync(string data, CancellationToken stop)
    {
        string[] settings = ["listen_addresses=", $"unix_socket_directories={folder.Postgres}", "unix_socket_permissions=0700", "log_min_messages=warning"];
        var began = time.GetTimestamp();
        while (true)
        {
            _process = children.Start("postgres", folder.Log("postgres"), [Programs + "postgres", "-D", data, .. settings.SelectMany(s => new[] { "-c", s })]);
            while (!_process.HasExited && time.GetElapsedTime(began) < StartLimit)
            {
                if (await AnswersAsync(stop).ConfigureAwait(false)) return;
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, stop).ConfigureAwait(false);
            }

            // What a killed run left may still be on its way out, and holds the data until then.
            if (time.GetElapsedTime(began) >= StartLimit) throw new InvalidDataException($"PostgreSQL was not ready within {StartLimit.TotalSeconds:0} s: {_process.LastWords()} (see {_process.Log})");
            await Task.Delay(TimeSpan.FromSeconds(1), time, stop).ConfigureAwait(false);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken stop)
    {
        try
        {
            await SqlAsync("postgres", "SELECT 1", stop).ConfigureAwait(false);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private Task SqlAsync(string database, string sql, CancellationToken stop) =>
        RunAsync("psql", ["-h", folder.Postgres, "-U", Administrator, "-d", database, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql], stop);

    private static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Programs + program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start) ?? throw new InvalidDataException($"{program} could not be started");
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.StandardOutput.ReadToEndAsync(stop).ConfigureAwait(false);
        await process.WaitForExitAsync(stop).ConfigureAwait(false);
        if (process.ExitCode != 0) throw new InvalidDataException($"{program}: {(await errors.ConfigureAwait(false)).Trim()}");
    }
}
