namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>
/// How much one hub takes in with everything on, how soon a vehicle is told, and how that compares with a subscriber that
/// does nothing and with a broker made durable.
/// </summary>
internal sealed class IngestBench : IBench
{
    private const int Seed = 311;
    private const int ReadBack = 1_000;

    // Half of what the hub is to take at least; a machine that takes more is not asked to answer as fast at half of that.
    private const double SteadyPerSecond = 7_500;

    public string Name => "ingest";

    public string Purpose => "MQTT to committed and acknowledged: --sessions 500 --seconds 60 --pairs 5 --observed-percent 5 --window 16";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (sessions, seconds, pairs, window) = (context.Number("sessions", 500), context.Number("seconds", 60), context.Number("pairs", 5), context.Number("window", 16));
        var random = new Random(Seed);
        var rig = new IngestRig(context, sessions, context.Number("observed-percent", 5), random);
        await using var broker = await BenchBroker.StartAsync(durable: false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop);
        await hub.RegisterAsync(rig.Vehicles, stop);
        context.Out.WriteLine($"{sessions} sessions, seed {Seed}, {Environment.ProcessorCount} processors; the hub by TLS, the generator and the bare subscriber on a plain loopback listener");

        // The first seconds of a process are its compiler's.
        _ = rig.Fill("warm-up", broker, hub, fixes: 1, window, perSecond: 20_000, Math.Min(5, seconds), stop);
        _ = rig.Fill("warm-up in blocks", broker, hub, fixes: 60, window, perSecond: 4_000, Math.Min(3, seconds), stop);
        rig.Stored.Clear();
        var single = rig.Fill("one reading each", broker, hub, fixes: 1, window, perSecond: 40_000, seconds, stop);
        var batched = rig.Fill("in blocks of 60", broker, hub, fixes: 60, window, perSecond: 8_000, seconds, stop);
        var half = rig.Pace("at half of what it took", broker, hub, single.Messages / 2, seconds, stop);
        var steady = rig.Pace("steady at 7,500", broker, hub, SteadyPerSecond, seconds, stop);
        var busy = await BusyRun.MeasureAsync(context, rig, broker, hub, SteadyPerSecond, seconds, stop);
        var (read, wrong) = await StoredReadings.CheckAsync(hub, rig.Stored, ReadBack, random, stop);
        context.Out.WriteLine($"read back through the API: {read} readings at random, {wrong} wrong or missing");
        var versus = await Comparison.RunAsync(context, rig, broker, hub, pairs, window, Math.Max(3, Math.Min(10, seconds / 4)), stop);
        var durable = await Comparison.DurableAsync(context, rig, Math.Min(5, seconds), stop);
        return
        [
            ("readings_per_s", Math.Round(batched.Readings)),
            ("messages_per_s", Math.Round(single.Messages)),
            ("ack_ms_p99", Math.Round(steady.P99, 1)),
            ("ack_ms_p99_busy", Math.Round(busy.P99, 1)),
            ("ack_ms_p99_half_of_measured", Math.Round(half.P99, 1)),
            ("vs_bare_subscriber", Math.Round(versus.Rate, 2)),
            ("drain_vs_bare_subscriber", Math.Round(versus.Drain, 2)),
            ("vs_durable_mosquitto", Math.Round(single.Messages / durable, 0)),
            ("read_back", read),
            ("read_back_wrong", wrong),
            ("sessions", sessions),
            ("seconds", seconds),
        ];
    }
}
