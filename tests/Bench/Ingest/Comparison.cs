namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>The hub beside the bare subscriber, in turns, under the same generator and with as much under way.</summary>
internal static class Comparison
{
    private const int Backlog = 60_000;

    /// <returns>Medians over the pairs of the hub's rate and of its drain rate, each as a share of the bare subscriber's.</returns>
    public static async Task<(double Rate, double Drain)> RunAsync(
        BenchContext context, IngestRig rig, BenchBroker broker, HubUnderTest hub, int pairs, int window, double seconds, CancellationToken stop)
    {
        var (rates, drains) = (new List<double>(), new List<double>());
        for (var pair = 1; pair <= pairs; pair++)
        {
            var ours = rig.Fill($"pair {pair}: hub", broker, hub, fixes: 1, window, perSecond: 40_000, seconds, stop).Messages;
            await hub.KillAsync().ConfigureAwait(false);
            var theirs = await BareAsync(context, rig, broker, window, seconds, stop).ConfigureAwait(false);
            rates.Add(ours / theirs.Rate);
            var ourDrain = await DrainAsync(rig, broker, hub, stop).ConfigureAwait(false);
            drains.Add(ourDrain / theirs.Drain);
            context.Out.WriteLine($"pair {pair}: rate hub {ours:0}, bare {theirs.Rate:0}: {rates[^1]:0.00}   drain hub {ourDrain:0}, bare {theirs.Drain:0}: {drains[^1]:0.00}");
        }

        return (Median(rates), Median(drains));
    }

    /// <returns>Messages a second of a mosquitto that saves every change, with the bare subscriber behind it.</returns>
    public static async Task<double> DurableAsync(BenchContext context, IngestRig rig, double seconds, CancellationToken stop)
    {
        await using var broker = await BenchBroker.StartAsync(durable: true).ConfigureAwait(false);
        await using var bare = await BareSubscriber.StartAsync(context, broker.PlainPort).ConfigureAwait(false);
        using var generator = rig.NewGenerator(broker, 1, 20_000, stop);
        var rate = Rate(generator, bare, 16, seconds, stop);
        context.Out.WriteLine($"mosquitto made durable {rate,6:0} messages/s");
        return rate;
    }

    private static async Task<(double Rate, double Drain)> BareAsync(
        BenchContext context, IngestRig rig, BenchBroker broker, int window, double seconds, CancellationToken stop)
    {
        double rate;
        await using (var bare = await BareSubscriber.StartAsync(context, broker.PlainPort).ConfigureAwait(false))
        {
            await Task.Delay(500, stop).ConfigureAwait(false);
            // The hub's session is away: what it would queue must not slow the broker for the other.
            await broker.ForgetAsync("hub-durable").ConfigureAwait(false);
            using var generator = rig.NewGenerator(broker, 1, (int)(60_000 * seconds), stop);
            rate = Rate(generator, bare, window * generator.Sessions.Count, seconds, stop);
            await bare.SettledAsync(stop).ConfigureAwait(false);
        }

        using (var backlog = rig.NewGenerator(broker, 1, Backlog, stop)) backlog.Push(stop);
        await using var draining = await BareSubscriber.StartAsync(context, broker.PlainPort).ConfigureAwait(false);
        var drain = draining.DrainRate(Backlog * 8 / 10, stop);
        await draining.DisposeAsync().ConfigureAwait(false);
        await broker.ForgetAsync("bare-subscriber").ConfigureAwait(false);
        return (rate, drain);
    }

    private static async Task<double> DrainAsync(IngestRig rig, BenchBroker broker, HubUnderTest hub, CancellationToken stop)
    {
        // Its session must be there again before anybody can queue for it.
        await hub.StartAgainAsync(stop).ConfigureAwait(false);
        using (var hello = rig.NewGenerator(broker, 1, rig.Vehicles.Count, stop))
        {
            hello.Push(stop);
            hello.Settle(TimeSpan.FromSeconds(20), stop);
        }

        await hub.KillAsync().ConfigureAwait(false);
        using var generator = rig.NewGenerator(broker, 1, Backlog, stop);
        var clock = new AckClock(generator.Sessions);
        generator.Push(stop);
        var starting = hub.StartAgainAsync(stop);
        if (!generator.Settle(TimeSpan.FromSeconds(90), stop)) throw new InvalidOperationException($"{generator.Sent - generator.Acked} of the backlog were never acknowledged");
        await starting.ConfigureAwait(false);
        return clock.DrainRate((int)generator.Sent);
    }

    private static double Rate(Generator generator, BareSubscriber bare, int outstanding, double seconds, CancellationToken stop)
    {
        var before = bare.Count;
        generator.Fill(outstanding, () => bare.Count - before, TimeSpan.FromSeconds(seconds * 0.2), stop);
        var (warm, began) = (bare.Count, System.Diagnostics.Stopwatch.GetTimestamp());
        generator.Fill(outstanding, () => bare.Count - before, TimeSpan.FromSeconds(seconds * 0.8), stop);
        return (bare.Count - warm) / System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
