using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Bench.Live;

/// <summary>
/// What dispatchers' browsers cost the hub and how soon they see what moves: real hub, real mosquitto, browsers in a process of their
/// own, one of them stalled. Each vehicle sends a position a second.
/// </summary>
internal sealed class LiveBench : IBench
{
    private const int Seed = 311;
    private const int IngestSessions = 500;
    private const double HalfLoad = 7_500;
    private const int BytesOfPosition = 40;
    private const int NoticedAfterBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public string Name => "live";

    public string Purpose => "the feed to browsers: 2,000 vehicles for 50 and 10,000 for 100, and 500 beside ingest: --seconds 20 --turns 3 --only 2k_50|10k_100|sensor";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (seconds, turns) = (context.Number("seconds", 20), context.Number("turns", 3));
        var only = context.Options.GetValueOrDefault("only");
        var figures = new List<(string, object)>();
        await context.Out.WriteLineAsync($"{Environment.ProcessorCount} processors, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; CPU in percent of a core, medians of {turns} turns of {seconds} s without and with browsers").ConfigureAwait(false);
        foreach (var (vehicles, browsers, name) in new[] { (2_000, 50, "2k_50"), (10_000, 100, "10k_100") }.Where(f => only is null || only == f.Item3))
        {
            var (cpu, p99) = await FanAsync(context, vehicles, browsers, seconds, turns, stop).ConfigureAwait(false);
            figures.AddRange([($"cpu_percent_{name}", Math.Round(cpu, 1)), ($"ms_p99_{name}", Math.Round(p99, 1))]);
        }

        if (only is null or "sensor") figures.Add(("sensor_to_browser_ms_p99", await SensorAsync(context, seconds, stop).ConfigureAwait(false)));
        return figures;
    }

    private static async Task<(double Cpu, double P99)> FanAsync(BenchContext given, int vehicles, int browsers, int seconds, int turns, CancellationToken stop)
    {
        var context = await PrepareAsync(given, $"live-{vehicles}", vehicles, stop).ConfigureAwait(false);
        await using var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop).ConfigureAwait(false);
        await using var movers = Movers.Start(broker.PlainPort, vehicles, new Random(Seed), stop);
        await Task.Delay(Settling, stop).ConfigureAwait(false);
        var (extra, seen) = (new List<double>(), new List<BrowserFigures>());
        // It asks and never reads, all the time.
        using var stalled = Stall(hub);
        // Once for nothing: the first ticks are the compiler's.
        await using (await BrowserProcess.StartAsync(hub, browsers, stop).ConfigureAwait(false)) await Task.Delay(2 * Settling, stop).ConfigureAwait(false);
        for (var turn = 0; turn < turns; turn++)
        {
            var without = await CpuAsync(hub, seconds, stop).ConfigureAwait(false);
            await using var readers = await BrowserProcess.StartAsync(hub, browsers, stop).ConfigureAwait(false);
            await Task.Delay(Settling, stop).ConfigureAwait(false);
            await readers.BeginAsync(stop).ConfigureAwait(false);
            var with = await CpuAsync(hub, seconds, stop).ConfigureAwait(false);
            seen.Add(await readers.EndAsync(stop).ConfigureAwait(false));
            extra.Add(with - without);
            await context.Out.WriteLineAsync($"  turn {turn + 1}: hub {without:F1} % without, {with:F1} % with browsers; {seen[^1]}").ConfigureAwait(false);
            seen[^1].MustBeWhole(browsers, 0.5 * seconds / 0.1, movers.PerTick);
        }

        var overruns = (await hub.GetAsync("/api/live/figures", stop).ConfigureAwait(false)).GetProperty("overruns").GetInt64();
        // The system keeps some megabytes for a browser before the hub notices.
        if (overruns == 0 && movers.Sent * BytesOfPosition > NoticedAfterBytes) throw new InvalidOperationException("the stalled browser was never behind: nothing is shown about it");
        var (cpu, p99) = (Median(extra), Median(seen.ConvertAll(s => s.TickP99)));
        await context.Out.WriteLineAsync($"{vehicles:N0} vehicles, {browsers} browsers and a stalled one: hub {cpu:F1} % of a core for them, from the tick to the browser p99 {p99:F1} ms, {movers.Sent:N0} positions, {overruns} times behind").ConfigureAwait(false);
        return (cpu, p99);
    }

    private static async Task<double> SensorAsync(BenchContext given, int seconds, CancellationToken stop)
    {
        var rig = new IngestRig(given, IngestSessions, observedPercent: 5, new Random(Seed));
        var context = await PrepareAsync(given, "live-sensor", IngestSessions, stop).ConfigureAwait(false);
        await using var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop).ConfigureAwait(false);
        _ = rig.Fill("warm-up", broker, hub, fixes: 1, window: 16, perSecond: 20_000, Math.Min(3, seconds), stop);
        await using var movers = Movers.Start(broker.PlainPort, IngestSessions, new Random(Seed), stop);
        await using var readers = await BrowserProcess.StartAsync(hub, 10, stop).ConfigureAwait(false);
        await Task.Delay(Settling, stop).ConfigureAwait(false);
        var ingest = Task.Run(() => rig.Pace($"ingest at {HalfLoad:N0}/s", broker, hub, HalfLoad, seconds, stop), stop);
        await readers.BeginAsync(stop).ConfigureAwait(false);
        await ingest.ConfigureAwait(false);
        var seen = await readers.EndAsync(stop).ConfigureAwait(false);
        await context.Out.WriteLineAsync($"{IngestSessions} vehicles beside {HalfLoad:N0} messages/s, 10 browsers: from the reading to the browser p50 {seen.SensorP50:F0} ms, p99 {seen.SensorP99:F0} ms; {seen}").ConfigureAwait(false);
        return Math.Round(seen.SensorP99, 1);
    }

    // As the hub itself registers them, before it starts.
    private static async Task<BenchContext> PrepareAsync(BenchContext given, string name, int vehicles, CancellationToken stop)
    {
        var context = given with { Scratch = Path.Combine(given.Scratch, name) };
        Directory.CreateDirectory(context.Scratch);
        using var catalogue = new ReactionCatalogue([]);
        await using var database = new Database(new StorageOptions { Folder = Path.Combine(context.Scratch, "hub") }, catalogue, [], TimeProvider.System);
        var (store, now) = (new VehicleStore(), TimeProvider.System.GetUtcNow());
        await database.WriteAsync(scope =>
        {
            for (var i = 1; i <= vehicles; i++) store.Add(scope, new Vehicle(Movers.Id(i), HubUnderTest.Jurisdiction, Movers.Id(i), VehicleKind.Crewed, now));
        }, WritePriority.Interactive, stop).ConfigureAwait(false);
        return context;
    }

    private static async Task<double> CpuAsync(HubUnderTest hub, int seconds, CancellationToken stop)
    {
        var (before, began) = (ProcessFigures.CpuSeconds(hub.Pid), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds), stop).ConfigureAwait(false);
        return (ProcessFigures.CpuSeconds(hub.Pid) - before) / Stopwatch.GetElapsedTime(began).TotalSeconds * 100;
    }

    private static Socket Stall(HubUnderTest hub)
    {
        var address = hub.Client.BaseAddress!;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        socket.Connect(address.Host, address.Port);
        socket.Send(Encoding.ASCII.GetBytes($"GET /api/live HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: {hub.Client.DefaultRequestHeaders.Authorization}\r\n\r\n"));
        return socket;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
