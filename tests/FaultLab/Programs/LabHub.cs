using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.FaultLab.Shim;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.FaultLab.Programs;

/// <summary>The real hub with its own mosquitto, started and killed by the lab.</summary>
internal sealed class LabHub : IDisposable
{
    public const int Log = 0;
    public const int Main = 1;
    public const int DayLog = 2;
    public const int Day = 3;

    // The desk gives away what it opens: nothing may wait for somebody to say whose it is.
    private const string AllTheCitys = """
        { "parties": [{ "id": "city", "name": "Public Works", "kind": "own-crew" }], "rules": [{ "party": "city", "because": "all is the city's here" }] }
        """;

    private static readonly string[] Classes = ["hub.db-wal", "hub.db", "tracks/*.db-wal", "tracks/*.db"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    private readonly LabFolder folder;
    private readonly Children children;
    private readonly string settings;

    public LabHub(LabFolder folder, Children children, int vehicleDays)
    {
        this.folder = folder;
        this.children = children;
        settings = Path.Combine(folder.Root, "field-hub.json");
        var whose = Path.Combine(folder.Root, "responsibility.json");
        var port = FreePort.Next();
        BrokerPort = FreePort.Next();
        Program = new Shimmed("hub", folder.Shim, folder.HubData, folder.HubNotes, Classes);
        Api = new HubApi(new Uri($"http://localhost:{port}/"));
        Directory.CreateDirectory(folder.HubData);
        var sections = new Dictionary<string, object>
        {
            ["Hub"] = new { Port = port, LabFolder.Jurisdiction },
            // A short log, so that it is folded back often enough for a fault to meet it.
            ["Storage"] = new { Folder = folder.HubData, LogMb = 1 },
            ["Broker"] = new { Port = BrokerPort, Program = BrokerProgram() },
            ["Enrolment"] = new { VehicleDays = vehicleDays },
            ["WorkOrders"] = new { ResendSeconds = 1 },
            ["Responsibility"] = new { File = whose },
        };
        File.WriteAllText(whose, AllTheCitys);
        File.WriteAllText(settings, JsonSerializer.Serialize(sections));
    }

    public Shimmed Program { get; }

    public HubApi Api { get; }

    public int BrokerPort { get; }

    /// <summary>Process ids of all brokers that run by this hub's configuration.</summary>
    public IReadOnlyList<int> BrokerPids
    {
        get
        {
            var configuration = Path.Combine(folder.HubData, "broker", "mosquitto.conf");
            var found = new List<int>();
            foreach (var process in Directory.EnumerateDirectories("/proc"))
            {
                try
                {
                    if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var pid)
                        && File.ReadAllText(Path.Combine(process, "cmdline")).TrimEnd('\0').EndsWith("-c\0" + configuration, StringComparison.Ordinal)) found.Add(pid);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It ended, or is somebody else's.
                }
            }

            return found;
        }
    }

    /// <exception cref="InvalidDataException">It does not start.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        Program.Start(children, [LabFolder.Dotnet, folder.Hub, "run", "--config", settings]);
        var began = Stopwatch.GetTimestamp();
        while (!await Api.IsHealthyAsync(stop).ConfigureAwait(false))
        {
            if (!Program.Runs) throw new InvalidDataException($"the hub does not start: {Program.LastWords()} (see {Program.Log})");
            if (Stopwatch.GetElapsedTime(began) > StartLimit) throw new InvalidDataException($"the hub was not ready within {StartLimit.TotalSeconds:0} s (see {Program.Log})");
            await Task.Delay(50, stop).ConfigureAwait(false);
        }
    }

    /// <summary>A key for the lab, as city IT makes one.</summary>
    public async Task MakeKeyAsync(CancellationToken stop)
    {
        var start = new ProcessStartInfo(LabFolder.Dotnet) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[folder.Hub, "keys", "create", "--name", "fault lab", "--role", "city-it", "--config", settings]) start.ArgumentList.Add(word);
        using var create = Process.Start(start) ?? throw new InvalidDataException("dotnet could not be started");
        var errors = create.StandardError.ReadToEndAsync(stop);
        var output = await create.StandardOutput.ReadToEndAsync(stop).ConfigureAwait(false);
        await create.WaitForExitAsync(stop).ConfigureAwait(false);
        if (create.ExitCode != 0) throw new InvalidDataException("the hub made no key: " + await errors.ConfigureAwait(false));
        Api.Use(output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1]);
    }

    /// <summary>SIGKILL for its mosquitto, which it starts again when it lives.</summary>
    /// <returns>False when there was none.</returns>
    public bool KillBroker()
    {
        var running = BrokerPids;
        foreach (var pid in running) DemoRun.KillHard(pid);
        return running.Count > 0;
    }

    /// <summary>Forgets all that the broker had stored.</summary>
    public void WipeBroker()
    {
        foreach (var store in Directory.EnumerateFiles(Path.Combine(folder.HubData, "broker"), "*.db*")) File.Delete(store);
    }

    public async Task EndAsync()
    {
        await Program.EndAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(false);
        KillBroker();
    }

    // The broker lives by the hub's clock, wherever the lab moves it.
    private string BrokerProgram()
    {
        var script = Path.Combine(folder.Root, "mosquitto-by-the-hubs-clock");
        File.WriteAllText(script, $"#!/bin/sh\nPATH=$PATH:/usr/sbin\nexec env LD_PRELOAD='{folder.Shim}' FAULTS_CONTROL='{Program.Control.File}' mosquitto \"$@\"\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        return script;
    }

    public void Dispose()
    {
        Program.Dispose();
        Api.Dispose();
    }
}
