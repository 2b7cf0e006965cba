using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>The hub of the demo: its settings, its process, and the key by which the driver talks to it.</summary>
public sealed class HubProcess(DemoOptions options, DemoFolder folder, Children children, DemoDatabase? database, TimeProvider time)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private ChildProcess? _process;

    public Uri Address { get; } = new($"http://localhost:{options.Port}/");

    public string Key { get; private set; } = "";

    public bool HasExited => _process?.HasExited ?? true;

    public string LastWords => _process?.LastWords() ?? "";

    /// <exception cref="SetupException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">The hub doesn't start; the message says why.</exception>
    public async Task StartAsync(HubApi api, CancellationToken stop)
    {
        if (IsTaken(options.Port))
            throw new SetupException($"Port {options.Port} is taken by another program: end it, or choose another with --port");
        if (database is not null) await database.StartAsync(stop).ConfigureAwait(false);
        WriteSettings();
        _process = children.Start("hub", folder.Log("hub"), ["dotnet", options.Hub, "run", "--config", folder.HubSettings]);
        var began = time.GetTimestamp();
        while (!await api.IsHealthyAsync(stop).ConfigureAwait(false))
        {
            if (_process.HasExited) throw new InvalidDataException($"The hub ended with exit code {_process.ExitCode}: {_process.LastWords()} (see {_process.Log})");
            if (time.GetElapsedTime(began) > StartLimit) throw new InvalidDataException($"The hub was not ready within {StartLimit.TotalSeconds:0} s (see {_process.Log})");
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, stop).ConfigureAwait(false);
        }

        await FindKeyAsync(api, stop).ConfigureAwait(false);
    }

    public async Task EndAsync()
    {
        if (_process is not null) await _process.EndAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(false);
        if (database is not null) await database.EndAsync().ConfigureAwait(false);
    }

    private void WriteSettings()
    {
        var sections = new Dictionary<string, object>
        {
            ["Hub"] = new { options.Port, Jurisdiction = FleetDemo.Jurisdiction },
            ["Storage"] = database is null ? new { Folder = folder.Hub } : new { Folder = folder.Hub, Kind = DemoOptions.Postgres, database.Connection },
        };
        if (options.TimeSeries is { } store) sections["Telemetry"] = new { Url = store, SampleEvery = "00:00:05", SendEvery = "00:00:02" };
        var map = new Dictionary<string, string>();
        if (options.PageFolder is { } page) map["PageFolder"] = Path.GetFullPath(page);
        if (options.MapFolder is { } tiles)
        {
            map["TilesFile"] = Path.Combine(Path.GetFullPath(tiles), "cambridge-ma.pmtiles");
            map["GlyphsFolder"] = Path.Combine(Path.GetFullPath(tiles), "glyphs");
        }

        if (map.Count > 0) sections["Map"] = map;
        File.WriteAllText(folder.HubSettings, JsonSerializer.Serialize(sections, Pretty.Json));
    }

    // The key of the last run is used again; only its owner can read the file.
    private async Task FindKeyAsync(HubApi api, CancellationToken stop)
    {
        if (File.Exists(folder.KeyFile))
        {
            Key = (await File.ReadAllTextAsync(folder.KeyFile, stop).ConfigureAwait(false)).Trim();
            api.Use(Key);
            if (await api.IsAllowedAsync(stop).ConfigureAwait(false)) return;
        }

        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[options.Hub, "keys", "create", "--name", "demo fleet", "--role", "city-it", "--config", folder.HubSettings]) start.ArgumentList.Add(word);
        using var create = Process.Start(start) ?? throw new InvalidDataException("dotnet could not be started");
        var output = await create.StandardOutput.ReadToEndAsync(stop).ConfigureAwait(false);
        var errors = await create.StandardError.ReadToEndAsync(stop).ConfigureAwait(false);
        await create.WaitForExitAsync(stop).ConfigureAwait(false);
        Key = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        if (create.ExitCode != 0 || Key.Length == 0) throw new InvalidDataException($"The hub made no key for the demo: {(errors + output).Trim()}");
        DemoFolder.WriteSecret(folder.KeyFile, Key);
        api.Use(Key);
    }

    private static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
