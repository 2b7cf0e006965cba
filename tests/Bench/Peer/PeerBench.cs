using System.Diagnostics;
using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Bench.Peer;

/// <summary>
/// The same job for the hub and for Node-RED, in turn, under the same generator: MQTT in, decode, de-duplicate, store with
/// an fsync. Then each once more, with SIGKILL in the middle. The hub does what it always does beside (checks, projections,
/// acknowledgements, mutual TLS to the broker); Node-RED does no more than is asked.
/// </summary>
internal sealed class PeerBench : IBench
{
    private const int Seed = 311;
    private const int Outstanding = 2_000;

    public string Name => "peer";

    public string Purpose => "beside Node-RED: --sessions 100 --seconds 20 --pairs 3";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (sessions, seconds, pairs) = (context.Number("sessions", 100), context.Number("seconds", 20), context.Number("pairs", 3));
        List<(double Rate, double Cpu)> hubs = [], peers = [];
        context.Out.WriteLine("                      stored/s   CPU-s per 100,000");
        for (var pair = 0; pair < pairs; pair++)
        {
            hubs.Add(await HubAsync(context, sessions, seconds, stop).ConfigureAwait(false));
            context.Out.WriteLine($"hub                 {hubs[^1].Rate,10:0}{hubs[^1].Cpu,20:0.00}");
            peers.Add(await PeerAsync(context, sessions, seconds, $"node-red-{pair}", stop).ConfigureAwait(false));
            context.Out.WriteLine($"Node-RED            {peers[^1].Rate,10:0}{peers[^1].Cpu,20:0.00}");
        }

        var ourLost = await HubKilledAsync(context, sessions, stop).ConfigureAwait(false);
        var peerLost = await PeerKilledAsync(context, sessions, stop).ConfigureAwait(false);
        context.Out.WriteLine($"lost after one SIGKILL: hub {ourLost.Lost} of {ourLost.Sent}, Node-RED {peerLost.Lost} of {peerLost.Sent}");
        return
        [
            ("vs_node_red_rate", Math.Round(Median(hubs.Zip(peers, (h, p) => h.Rate / p.Rate)), 2)),
            ("vs_node_red_cpu", Math.Round(Median(hubs.Zip(peers, (h, p) => h.Cpu / p.Cpu)), 3)),
            ("node_red_lost", peerLost.Lost), ("our_lost", ourLost.Lost), ("pairs", pairs), ("sessions", sessions), ("seconds", seconds),
        ];
    }

    private static async Task<(double Rate, double Cpu)> HubAsync(BenchContext context, int sessions, int seconds, CancellationToken stop)
    {
        var rig = new IngestRig(context, sessions, observedPercent: 0, new Random(Seed));
        await using var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop).ConfigureAwait(false);
        await hub.RegisterAsync(rig.Vehicles, stop).ConfigureAwait(false);
        using var generator = rig.NewGenerator(broker, fixes: 1, 60_000 * seconds, stop);
        var result = Measure(generator, () => generator.Acked, hub.Pid, seconds, stop);
        Directory.Delete(hub.Folder, recursive: true);
        return result;
    }

    private static async Task<(double Rate, double Cpu)> PeerAsync(BenchContext context, int sessions, int seconds, string name, CancellationToken stop)
    {
        var rig = new IngestRig(context, sessions, observedPercent: 0, new Random(Seed));
        await using var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        await using var peer = await NodeRed.StartAsync(context, broker.PlainPort, name, stop).ConfigureAwait(false);
        await PrimeAsync(rig, broker, peer, stop).ConfigureAwait(false);
        // Only now: a broker takes a client id from who had it before.
        using var generator = rig.NewGenerator(broker, fixes: 1, 60_000 * seconds, stop);
        var before = peer.Stored();
        return Measure(generator, Paced(() => peer.Stored() - before), peer.Pid, seconds, stop);
    }

    // Its first row says that it listens.
    private static async Task PrimeAsync(IngestRig rig, BenchBroker broker, NodeRed peer, CancellationToken stop)
    {
        await Eventually.TrueAsync(async () =>
        {
            if (peer.HasExited) throw new InvalidOperationException($"Node-RED ended:\n{peer.Output}");
            using var first = rig.NewGenerator(broker, fixes: 1, messages: 1, stop);
            first.Pace(1_000, TimeSpan.FromSeconds(1), stop);
            await Task.Delay(500, stop).ConfigureAwait(false);
            return peer.Stored() > 0;
        }, "Node-RED stores", TimeSpan.FromSeconds(60)).ConfigureAwait(false);
        await SettledAsync(peer.Stored, stop).ConfigureAwait(false);
    }

    private static (double Rate, double Cpu) Measure(Generator generator, Func<long> stored, int pid, int seconds, CancellationToken stop)
    {
        // What compilers do at first is not measured.
        generator.Fill(Outstanding, stored, TimeSpan.FromSeconds(Math.Max(3, seconds / 4)), stop);
        var (rows, cpu, began) = (stored(), ProcessFigures.CpuSeconds(pid), Stopwatch.GetTimestamp());
        generator.Fill(Outstanding, stored, TimeSpan.FromSeconds(seconds), stop);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var done = stored() - rows;
        return (done / took, (ProcessFigures.CpuSeconds(pid) - cpu) / done * 100_000);
    }

    // Counting rows at each turn would be work for the machine that is measured.
    private static Func<long> Paced(Func<long> count)
    {
        var (known, at) = (0L, 0L);
        return () =>
        {
            if (at != 0 && Stopwatch.GetElapsedTime(at).TotalMilliseconds < 100) return known;
            (known, at) = (count(), Stopwatch.GetTimestamp());
            return known;
        };
    }

    private static async Task<(long Lost, long Sent)> HubKilledAsync(BenchContext context, int sessions, CancellationToken stop)
    {
        var rig = new IngestRig(context, sessions, observedPercent: 0, new Random(Seed));
        await using var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop).ConfigureAwait(false);
        await hub.RegisterAsync(rig.Vehicles, stop).ConfigureAwait(false);
        using var generator = rig.NewGenerator(broker, fixes: 1, 20_000, stop);
        var sending = Task.Run(() => generator.Pace(2_000, TimeSpan.FromSeconds(10), stop), stop);
        await Task.Delay(TimeSpan.FromSeconds(5), stop).ConfigureAwait(false);
        await hub.KillAsync().ConfigureAwait(false);
        await hub.StartAgainAsync(stop).ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        long Stored() => hub.GetAsync("/api/figures", stop).GetAwaiter().GetResult().GetProperty("readings").GetInt64();
        var stored = await SettledAsync(Stored, stop).ConfigureAwait(false);
        return (generator.Sent - stored, generator.Sent);
    }

    private static async Task<(long Lost, long Sent)> PeerKilledAsync(BenchContext context, int sessions, CancellationToken stop)
    {
        var rig = new IngestRig(context, sessions, observedPercent: 0, new Random(Seed));
        await using var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        await using var peer = await NodeRed.StartAsync(context, broker.PlainPort, "node-red-killed", stop).ConfigureAwait(false);
        await PrimeAsync(rig, broker, peer, stop).ConfigureAwait(false);
        var before = peer.Stored();
        using var generator = rig.NewGenerator(broker, fixes: 1, 20_000, stop);
        var sending = Task.Run(() => generator.Pace(2_000, TimeSpan.FromSeconds(10), stop), stop);
        await Task.Delay(TimeSpan.FromSeconds(5), stop).ConfigureAwait(false);
        await peer.KillAsync().ConfigureAwait(false);
        peer.StartAgain();
        await sending.ConfigureAwait(false);
        var stored = await SettledAsync(peer.Stored, stop).ConfigureAwait(false) - before;
        return (generator.Sent - stored, generator.Sent);
    }

    // A restarted program needs seconds before it goes on.
    private static async Task<long> SettledAsync(Func<long> count, CancellationToken stop)
    {
        var (known, since) = (count(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(8))
        {
            await Task.Delay(250, stop).ConfigureAwait(false);
            if (count() is var now && now != known) (known, since) = (now, Stopwatch.GetTimestamp());
        }

        return known;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
