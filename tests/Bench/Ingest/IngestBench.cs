namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>
/// How much one hub takes in with everything on, how soon a vehicle is told, and how that compares with a subscriber that
/// does nothing and with a broker made durable.
/// </summary>
internal sealed class IngestBench : IBench
{
    private const int Seed = 311;

    public string Name => "ingest";

    public string Purpose => "MQTT to committed and acknowledged: --sessions 500 --seconds 60 --pairs 5 --observed-percent 5";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (sessions, seconds, pairs) = (context.Number("sessions", 500), context.Number("seconds", 60), context.Number("pairs", 5));
        var rig = new IngestRig(context, sessions, context.Number("observed-percent", 5), new Random(Seed));
        await using var broker = await BenchBroker.StartAsync(durable: false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop);
        await hub.RegisterAsync(rig.Vehicles, stop);

        // The first seconds of a process are its compiler's.
        _ = rig.Fill("warm-up", broker, hub, fixes: 1, window: 16, perSecond: 20_000, Math.Min(5, seconds), stop);
        _ = rig.Fill("warm-up in blocks", broker, hub, fixes: 60, window: 16, perSecond: 8_000, Math.Min(2, seconds), stop);
        var single = rig.Fill("one reading each", broker, hub, fixes: 1, window: context.Number("window", 16), perSecond: 40_000, seconds, stop);
        var batched = rig.Fill("in blocks of 60", broker, hub, fixes: 60, window: 16, perSecond: 8_000, seconds, stop);
        var paced = rig.Pace("at half the rate", broker, hub, single.Messages / 2, seconds, stop);
        var figures = new List<(string, object)>
        {
            ("readings_per_s", Math.Round(batched.Readings)),
            ("messages_per_s", Math.Round(single.Messages)),
            ("ack_ms_p99", Math.Round(paced.P99, 1)),
            ("sessions", sessions),
        };
        return figures;
    }
}
