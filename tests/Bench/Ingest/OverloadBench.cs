namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>
/// Ten times what is usual, more than the hub can take: each vehicle keeps what it may not send yet, sends again late and
/// ever later, and everything has arrived at the end.
/// </summary>
internal sealed class OverloadBench : IBench
{
    private const int Times = 10;

    public string Name => "overload";

    public string Purpose => "ten times the usual rate, and then drained: --sessions 500 --seconds 60 --rate 2500 --window 32";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (sessions, seconds, rate, window) = (context.Number("sessions", 500), context.Number("seconds", 60), context.Number("rate", 2_500), context.Number("window", 32));
        var rig = new IngestRig(context, sessions, observedPercent: 5, new Random(311));
        await using var broker = await BenchBroker.StartAsync(durable: false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop);
        await hub.RegisterAsync(rig.Vehicles, stop);
        _ = rig.Pace("warm-up", broker, hub, rate, Math.Min(10, seconds), stop);
        using var steadyMemory = new MemoryWatch(hub.Pid, broker.Process.Pid);
        _ = rig.Pace("steady", broker, hub, rate, Math.Min(30, seconds), stop);
        var (hubSteady, brokerSteady) = steadyMemory.Stop();

        using var generator = rig.NewGenerator(broker, 1, Times * rate * seconds, stop);
        using var memory = new MemoryWatch(hub.Pid, broker.Process.Pid);
        var offered = await Task.Run(() => generator.Offer(Times * rate, window, TimeSpan.FromSeconds(seconds), stop), stop);
        var (sent, acked) = (generator.Sent, generator.Acked);
        var began = TimeProvider.System.GetTimestamp();
        await Task.Run(() => generator.Drain(offered, window, TimeSpan.FromMinutes(10), stop), stop);
        var drainSeconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var (hubPeak, brokerPeak) = memory.Stop();
        var resent = sessions == 0 ? 0 : generator.Sessions.Sum(s => (long)s.Resent);
        context.Out.WriteLine($"offered {offered} in {seconds} s, of them {acked} acknowledged in that time ({sent - acked} under way); the rest drained in {drainSeconds:0.0} s");
        context.Out.WriteLine($"RSS MB: hub {hubSteady:0} steady, {hubPeak:0} at most; broker {brokerSteady:0.0} steady, {brokerPeak:0.0} at most; {resent} messages sent again");
        return
        [
            ("offered_x", Times),
            ("hub_memory_x", Math.Round(hubPeak / hubSteady, 2)),
            ("broker_memory_x", Math.Round(brokerPeak / brokerSteady, 2)),
            ("sent_per_first_sent", Math.Round((generator.Sent + resent) / (double)generator.Sent, 3)),
            ("lost", offered - generator.Acked),
            ("drain_seconds", Math.Round(drainSeconds, 1)),
            ("seconds", seconds),
        ];
    }
}
