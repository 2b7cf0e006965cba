using System.Diagnostics;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>Runs of the same vehicles against the same hub; each in new epochs, so that nothing is a duplicate.</summary>
internal sealed class IngestRig(BenchContext context, int sessions, int observedPercent, Random random)
{
    private const double WarmUp = 0.15;

    public IReadOnlyList<string> Vehicles { get; } = [.. Enumerable.Range(1, sessions).Select(n => $"unit-{n:0000}")];

    /// <summary>Messages that the last run had acknowledged, to be read back.</summary>
    public List<(MessageBook Book, int Index)> Stored { get; } = [];

    public sealed record Result(double Messages, double Readings, double P50, double P99);

    /// <summary>As fast as acknowledgements leave room.</summary>
    public Result Fill(string name, BenchBroker broker, HubUnderTest hub, int fixes, int window, int perSecond, double seconds, CancellationToken stop)
    {
        using var generator = NewGenerator(broker, fixes, (int)(perSecond * seconds), stop);
        return Measure(name, broker, hub, generator, () => generator.Fill(window, TimeSpan.FromSeconds(seconds), stop), stop);
    }

    /// <summary>At a steady rate of messages with one reading each.</summary>
    public Result Pace(string name, BenchBroker broker, HubUnderTest hub, double perSecond, double seconds, CancellationToken stop)
    {
        using var generator = NewGenerator(broker, 1, (int)(perSecond * seconds * 1.05), stop);
        return Measure(name, broker, hub, generator, () => generator.Pace(perSecond, TimeSpan.FromSeconds(seconds), stop), stop);
    }

    public Generator NewGenerator(BenchBroker broker, int fixes, int messages, CancellationToken stop)
    {
        var each = Math.Max(1, messages / sessions);
        var books = new MessageBook[sessions];
        var seeds = Vehicles.Select(_ => random.Next()).ToArray();
        Parallel.For(0, sessions, new ParallelOptions { CancellationToken = stop },
            i => books[i] = MessageBook.Encode(Vehicles[i], HubUnderTest.Jurisdiction, each, fixes, observedPercent, TimeProvider.System.GetUtcNow(), new Random(seeds[i])));
        GC.Collect();
        return new Generator(books, broker.PlainPort, HubUnderTest.Jurisdiction);
    }

    private Result Measure(string name, BenchBroker broker, HubUnderTest hub, Generator generator, Action run, CancellationToken stop)
    {
        var clock = new AckClock(generator.Sessions);
        var (hubCpu, brokerCpu, ownCpu) = (ProcessFigures.CpuSeconds(hub.Pid), ProcessFigures.CpuSeconds(broker.Process.Pid), ProcessFigures.CpuSeconds(Environment.ProcessId));
        var began = Stopwatch.GetTimestamp();
        run();
        var ended = Stopwatch.GetTimestamp();
        var from = began + (long)((ended - began) * WarmUp);
        if (!generator.Settle(TimeSpan.FromSeconds(20), stop)) throw new InvalidOperationException($"{generator.Sent - generator.Acked} of {generator.Sent} messages were never acknowledged");
        var (messages, readings) = clock.Rates(from, ended);
        var result = new Result(messages, readings, clock.Percentile(0.5, from, ended), clock.Percentile(0.99, from, ended));
        var per100K = 100_000.0 / generator.Sent;
        context.Out.WriteLine($"{name,-23} {messages,8:0} messages/s {readings,9:0} readings/s   ack p50 {result.P50,6:0.0} ms p99 {result.P99,6:0.0} ms   "
            + $"CPU-s per 100,000: hub {(ProcessFigures.CpuSeconds(hub.Pid) - hubCpu) * per100K:0.00} broker {(ProcessFigures.CpuSeconds(broker.Process.Pid) - brokerCpu) * per100K:0.00} "
            + $"generator {(ProcessFigures.CpuSeconds(Environment.ProcessId) - ownCpu) * per100K:0.00}   RSS MB: hub {ProcessFigures.RssMb(hub.Pid):0} broker {ProcessFigures.RssMb(broker.Process.Pid):0}   "
            + $"{generator.Sent} sent in {Stopwatch.GetElapsedTime(began, ended).TotalSeconds:0.0} s");
        Stored.AddRange(generator.Sessions.SelectMany(s => Enumerable.Range(0, s.Sent).Where(s.IsAcked).Select(i => (s.Book, i))));
        return result;
    }
}
