using System.Globalization;
using System.Net.Http.Json;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Agent;

/// <summary>
/// The shipped program as a crewed vehicle drives it: TLS to a real broker, outbox on disk, a simulated night drive with
/// 100 Hz acceleration, 10 Hz illuminance and 1 Hz GPS; once with the crew's console and once without, beside a program
/// that only wakes up.
/// </summary>
internal sealed class AgentBench : IBench
{
    private const string Jurisdiction = "cambridge-ma";
    private const int Seed = 311;

    public string Name => "agent";

    public string Purpose => "memory and processor of field-agent on a drive [--seconds 600]";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var seconds = context.Number("seconds", 600);
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoServer.StartAsync(
            ["allow_anonymous false", "cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key",
             "require_certificate true", "use_identity_as_username true"],
            certificates.ServerFiles()).ConfigureAwait(false);
        await using var hub = new AcknowledgingHub(MqttPublisher.Start(new LinkOptions
        {
            Host = "localhost", Port = broker.Port, ClientId = "hub", Tls = certificates.Client("hub"), Subscriptions = [Topic.AllUp], MessageQueue = 10_000,
        }, TimeProvider.System));

        var city = Path.Combine(context.Root, "hub/Cities/cambridge-ma");
        var world = new World(CityMap.Load(city), Seed);
        var patrols = Districts.Patrols(world.City, world.Router, 2, Seed);
        // Last midnight in Cambridge, so that street lights are assessed.
        var night = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-1).AddHours(5), TimeSpan.Zero);
        var clock = new SimulationClock(TimeProvider.System, [new TimeWindow(night, night.AddHours(8))], speed: 1);
        await using var feedWith = new TcpFeed();
        await using var feedWithout = new TcpFeed();
        SimulatedVehicle[] vehicles =
        [
            new("unit-1", clock, world, world.Drive(patrols[0], 0, 1), feedWith, 1),
            new("unit-2", clock, world, world.Drive(patrols[1], 0, 2), feedWithout, 2),
        ];

        var settings = new AgentRun(context, broker.Port, certificates, city);
        await using var withConsole = await settings.StartAsync("unit-1", feedWith, console: true, stop).ConfigureAwait(false);
        // The shift outlives the program, so one that was signed on with a console drives on without one.
        await (await settings.StartAsync("unit-2", feedWithout, console: true, stop).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        await using var without = await settings.StartAsync("unit-2", feedWithout, console: false, stop).ConfigureAwait(false);
        await using var bare = ServerProcess.Run("dotnet", [typeof(AgentBench).Assembly.Location, BareLoop.Argument]);

        clock.Begin();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var loop = new SimulationLoop(vehicles, TimeProvider.System);
        var driving = loop.RunAsync(ending.Token);
        List<double> rss = [], rssConsole = [], rssBare = [];
        context.Out.WriteLine("    s  RSS MB   with console  bare loop   CPU % of a core");
        var (cpuFrom, from) = (ProcessFigures.CpuSeconds(without.Pid), TimeProvider.System.GetTimestamp());
        for (var at = 0; at < seconds; at += 10)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), stop).ConfigureAwait(false);
            rss.Add(ProcessFigures.RssMb(without.Pid));
            rssConsole.Add(ProcessFigures.RssMb(withConsole.Pid));
            rssBare.Add(ProcessFigures.RssMb(bare.Pid));
            if ((at + 10) % 60 == 0 || at + 10 >= seconds)
                context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at + 10,5}{rss[^1],8:0.0}{rssConsole[^1],15:0.0}{rssBare[^1],11:0.0}{Percent(),18:0.00}"));
        }

        var percent = Percent();
        await ending.CancelAsync().ConfigureAwait(false);
        await driving.ConfigureAwait(false);
        if (loop.Fault is { } fault) throw new InvalidOperationException($"the simulation failed: {fault.Message}", fault);
        context.Out.WriteLine("records at the hub: " + string.Join(", ", hub.Records.OrderBy(r => r.Key).Select(r => $"{r.Key} {r.Value}")));
        foreach (var needed in new[] { RecordKind.Track, RecordKind.Roughness, RecordKind.Lamp })
        {
            if (!hub.Records.ContainsKey(needed) && seconds >= 120) throw new InvalidOperationException($"the drive gave no {needed} record: not every sensing step ran");
        }

        return
        [
            ("seconds", seconds), ("rss_mb", Last(rss)), ("rss_mb_console", Last(rssConsole)), ("cpu_percent", Math.Round(percent, 2)),
            ("rss_mb_bare_loop", Last(rssBare)), ("vs_bare_loop_rss", Math.Round(Last(rss) / Last(rssBare), 2)),
            ("rss_mb_highest", Math.Round(rss.Max(), 1)), ("rss_mb_console_highest", Math.Round(rssConsole.Max(), 1)),
        ];

        double Percent() => 100 * (ProcessFigures.CpuSeconds(without.Pid) - cpuFrom) / TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        // The highest of the last two minutes: whatever is given back at an interval has grown again meanwhile.
        static double Last(List<double> mb) => Math.Round(mb.TakeLast(12).Max(), 1);
    }

    private sealed class AgentRun(BenchContext context, int port, TestCertificates certificates, string city)
    {
        public async Task<ServerProcess> StartAsync(string id, TcpFeed feed, bool console, CancellationToken stop)
        {
            var consolePort = console ? FreePort.Next() : 0;
            var tls = certificates.Client(id);
            var process = ServerProcess.Run("dotnet",
            [
                context.AgentProgram, "run", $"--Vehicle:Id={id}", $"--Vehicle:Jurisdiction={Jurisdiction}", "--Vehicle:Kind=Crewed",
                $"--Vehicle:Data={Path.Combine(context.Scratch, id)}", "--Link:Host=localhost", $"--Link:Port={port}",
                $"--Link:CaFile={tls.CaFile}", $"--Link:CertificateFile={tls.CertificateFile}", $"--Link:KeyFile={tls.KeyFile}",
                $"--Position:Source={feed.PositionAddress}", "--Position:Replay=true", $"--Motion:Source={feed.MotionAddress}", $"--Light:Source={feed.LightAddress}",
                $"--City:PolesFile={Path.Combine(city, "street-lights.geojson")}", $"--City:StreetsFile={Path.Combine(city, "centerlines.geojson")}",
                $"--Console:Port={consolePort}",
            ]);
            if (!console) return process;
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{consolePort}") };
            await Eventually.TrueAsync(async () =>
            {
                if (process.HasExited) throw new InvalidOperationException($"{id} ended:\n{process.Output}");
                try
                {
                    using var answer = await http.PostAsJsonAsync("/console/shift", new { state = "on", crew = "streets-1", members = new[] { "m-1" } }, stop).ConfigureAwait(false);
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            }, $"{id} signs on").ConfigureAwait(false);
            return process;
        }
    }
}
