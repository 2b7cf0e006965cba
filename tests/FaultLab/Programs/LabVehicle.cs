using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ThreeOneOne.Field.FaultLab.Shim;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.Proxy;

namespace ThreeOneOne.Field.FaultLab.Programs;

/// <summary>One vehicle: the real agent under the shim, its line through a fault proxy, and its crew's screen.</summary>
internal sealed class LabVehicle : IAsyncDisposable
{
    public const int Segment = 0;
    public const int Acknowledged = 1;
    public const int Outbox = 2;
    public const int State = 3;

    // What the lab must know of the agent's disk: which files carry records, and which note what the hub has.
    private static readonly string[] Classes = ["outbox/*.seg", "outbox/*acknowledged*", "outbox/*", "*"];

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    /// <summary>Round trip of a mobile network on a good day.</summary>
    public static readonly TimeSpan LongLine = TimeSpan.FromMilliseconds(250);

    private readonly LabFolder folder;
    private readonly Children children;
    private readonly int console = FreePort.Next();
    private readonly TestCertificates certificates;
    private readonly List<IDisposable> owned = [];
    private Enrolled enrolled = null!;

    private LabVehicle(LabFolder folder, Children children, TestCertificates certificates, string id, string name)
    {
        (this.folder, this.children, this.certificates, Id, Name) = (folder, children, certificates, id, name);
        Home = folder.Vehicle(name);
        Program = new Shimmed(name, folder.Shim, Data, Path.Combine(Home, "notes"), Classes);
        Screen = new CrewScreen(console);
    }

    public string Id { get; }

    /// <summary>Its id, but for a second one with the same id.</summary>
    public string Name { get; }

    public string Crew => "crew-" + Id;

    public string Home { get; }

    public string Data => Path.Combine(Home, "data");

    public string AppendLog => Path.Combine(Home, "append.log");

    public Shimmed Program { get; }

    public CrewScreen Screen { get; }

    public FaultProxy Line { get; private set; } = null!;

    public LineWatch Watch { get; private set; } = null!;

    public VehicleSetup Setup { get; private init; } = null!;

    /// <summary>Registers, enrols and configures a vehicle.</summary>
    public static async Task<LabVehicle> MakeAsync(
        LabFolder folder, LabHub hub, Children children, TestCertificates certificates, string id, VehicleSetup setup, int seed, CancellationToken stop)
    {
        var vehicle = new LabVehicle(folder, children, certificates, id, id) { Setup = setup };
        Directory.CreateDirectory(vehicle.Data);
        await hub.Api.PostAsync("api/vehicles", new { id, name = id, kind = "crewed" }, stop).ConfigureAwait(false);
        await hub.Api.PostAsync("api/crews", new { id = vehicle.Crew, name = vehicle.Crew, members = new[] { "m-1" } }, stop).ConfigureAwait(false);
        vehicle.enrolled = await Enrolled.AskAsync(hub.Api, id, vehicle.Home, stop).ConfigureAwait(false);
        vehicle.Watch = new LineWatch();
        vehicle.Line = FaultProxy.Start(hub.BrokerPort, setup.Seen, seed, tls: setup.Seen ? vehicle.Between(vehicle.enrolled) : null);
        if (setup.Seen) vehicle.Watch.Attach(vehicle.Line);
        vehicle.Configure(setup.DrivesFrom);
        return vehicle;
    }

    /// <summary>A second vehicle with a copy of this one's card: its data, its identity, its key.</summary>
    /// <param name="name">For its files.</param>
    /// <param name="port">Of the hub's broker.</param>
    public LabVehicle Twin(string name, int port, int seed)
    {
        var twin = new LabVehicle(folder, children, certificates, Id, name) { Setup = Setup, enrolled = enrolled, Watch = new LineWatch() };
        CardImage.Copy(Data, twin.Data);
        twin.Line = FaultProxy.Start(port, Setup.Seen, seed, tls: Setup.Seen ? twin.Between(enrolled) : null);
        if (Setup.Seen) twin.Watch.Attach(twin.Line);
        twin.Configure(Setup.DrivesFrom);
        return twin;
    }

    /// <summary>Asks the hub for a new certificate, as a technician does for one that has run out.</summary>
    public async Task EnrolAgainAsync(HubApi api, CancellationToken stop) =>
        enrolled = await Enrolled.AskAsync(api, Id, Home, stop).ConfigureAwait(false);

    public void Start() => Program.Start(children, [LabFolder.Dotnet, folder.Agent, "run", "--config", Path.Combine(Home, "field-agent.json")]);

    /// <summary>Waits until the screen answers.</summary>
    /// <exception cref="InvalidDataException">The agent ended, or does not answer.</exception>
    public async Task<ScreenState> UpAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < StartLimit)
        {
            if (await Screen.StateAsync().ConfigureAwait(false) is { } state) return state;
            if (!Program.Runs) throw new InvalidDataException($"{Id} does not start: {Program.LastWords()} (see {Program.Log})");
            await Task.Delay(50).ConfigureAwait(false);
        }

        throw new InvalidDataException($"the screen of {Id} does not answer (see {Program.Log})");
    }

    /// <summary>Makes the line well again.</summary>
    public void Heal()
    {
        Line.Slow(0, TimeSpan.Zero);
        Line.Pause(false);
        Line.Refusing = false;
        Line.Up.Duplicate = Line.Up.Reorder = Line.Down.Duplicate = Line.Down.Reorder = 0;
        Line.Up.CutAfterBytes(long.MaxValue);
        Line.Down.CutAfterBytes(long.MaxValue);
        Watch.Disarm();
        Program.Control.Disarm();
    }

    public async ValueTask DisposeAsync()
    {
        await Program.KillAsync().ConfigureAwait(false);
        if (Line is not null) await Line.DisposeAsync().ConfigureAwait(false);
        Program.Dispose();
        Screen.Dispose();
        foreach (var each in owned) each.Dispose();
    }

    private ProxyTls Between(Enrolled enrolled)
    {
        var shown = certificates.ServerFiles();
        var tls = new ProxyTls(
            X509Certificate2.CreateFromPem(shown["server.crt"], shown["server.key"]),
            X509Certificate2.CreateFromPemFile(enrolled.CertificateFile, enrolled.KeyFile),
            X509CertificateLoader.LoadCertificateFromFile(enrolled.CaFile));
        owned.AddRange([tls.Server, tls.Client, tls.Authority]);
        return tls;
    }

    /// <summary>Writes its settings.</summary>
    /// <param name="drivesFrom">When its recorded drive begins.</param>
    public void Configure(DateTimeOffset drivesFrom)
    {
        string Recording(string name) => "file:" + Path.Combine(AppContext.BaseDirectory, "Recordings", name);
        var trusted = Setup.Seen ? certificates.Client(Id).CaFile : enrolled.CaFile;
        var sections = new Dictionary<string, object>
        {
            ["Vehicle"] = new { Id, LabFolder.Jurisdiction, Kind = "Crewed", Data },
            ["Link"] = new { Host = "127.0.0.1", Line.Port, CaFile = trusted, enrolled.CertificateFile, enrolled.KeyFile },
            // Small files, so that they are filled, closed and removed all the time.
            ["Outbox"] = new { AppendLog, SegmentBytes = 4 * 1024, GroupSeconds = 0.2, Setup.MaxBytes },
            ["Uplink"] = new { AckSeconds = 1, AckSecondsMax = 4 },
            // Its crew types while it drives.
            ["Console"] = new { Port = console, LockAboveMps = 0 },
            ["Position"] = new { Source = Recording("lux-drive.nmea.gz"), Setup.Pace, RebaseTo = DemoFolder.Stamp(drivesFrom) },
        };
        if (Setup.Senses)
        {
            sections["Light"] = new { Source = Recording("lux-drive.csv.gz") };
            sections["City"] = new { PolesFile = Path.Combine(folder.City, "street-lights.geojson"), StreetsFile = Path.Combine(folder.City, "centerlines.geojson") };
        }

        File.WriteAllText(Path.Combine(Home, "field-agent.json"), JsonSerializer.Serialize(sections));
    }
}
