using System.Text.Json;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>A vehicle as a process of its own: the very program that runs on a Raspberry Pi.</summary>
public sealed class AgentProcess(VehiclePlan plan, DemoOptions options, DemoFolder folder, Children children)
{
    private ChildProcess? _process;

    public VehiclePlan Plan { get; } = plan;

    /// <summary>Address of its crew's screen; null when it serves none.</summary>
    public string? Screen { get; private set; }

    public int Killed { get; private set; }

    /// <summary>It was started, nobody ended it, and it does not run.</summary>
    public bool EndedByItself => _process is { HasExited: true };

    public string LastWords => _process?.LastWords() ?? "";

    private string Settings => Path.Combine(folder.Vehicle(Plan.Id), "field-agent.json");

    /// <summary>Writes the vehicle's settings.</summary>
    public void Configure(Enrolled enrolled, int consolePort, Dictionary<string, object> sources)
    {
        var home = folder.Vehicle(Plan.Id);
        if (consolePort > 0 && options.CrewPageFolder is not null) Screen = $"http://127.0.0.1:{consolePort}/";
        var sections = new Dictionary<string, object>(sources)
        {
            ["Vehicle"] = new { Plan.Id, FleetDemo.Jurisdiction, Kind = Plan.Crewed ? "Crewed" : "SensorOnly", Data = Path.Combine(home, "data") },
            // What is not at the hub at the end counts as lost, on a busy computer too.
            ["Uplink"] = new { DemoOptions.DrainSeconds },
            ["Link"] = new { enrolled.Host, enrolled.Port, enrolled.CaFile, enrolled.CertificateFile, enrolled.KeyFile },
            ["Outbox"] = new { AppendLog = folder.AppendLog(Plan.Id) },
            ["Console"] = new { Port = consolePort, PageFolder = consolePort > 0 && options.CrewPageFolder is { } page ? Path.GetFullPath(page) : "" },
            ["City"] = new { PolesFile = Path.Combine(options.City, "street-lights.geojson"), StreetsFile = Path.Combine(options.City, "centerlines.geojson") },
        };
        File.WriteAllText(Settings, JsonSerializer.Serialize(sections, Pretty.Json));
    }

    public void Start() => _process = children.Start(Plan.Id, folder.Log(Plan.Id), ["dotnet", options.Agent, "run", "--config", Settings]);

    /// <summary>Pulls the plug, as a vehicle's ignition may.</summary>
    public async Task KillAsync(CancellationToken stop)
    {
        if (_process is not { } process) return;
        _process = null;
        process.KillGroup();
        await process.WaitForExitAsync(stop).ConfigureAwait(false);
        process.Dispose();
        Killed++;
    }

    public async Task EndAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        await process.EndAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(false);
        process.Dispose();
    }
}
