using System.Globalization;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>Ingest on PostgreSQL beside ingest on SQLite, in turns under the same generator: the ratio says more than either figure on a machine that does other things too.</summary>
internal sealed class StoresBench : IBench
{
    private const int Seed = 311;
    private const int ReadBack = 300;

    public string Name => "stores";

    public string Purpose => "ingest on PostgreSQL against SQLite, in turns: --sessions 200 --seconds 10 --pairs 5 --observed-percent 5 --window 16";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (sessions, seconds, pairs, window) = (context.Number("sessions", 200), context.Number("seconds", 10), context.Number("pairs", 5), context.Number("window", 16));
        var observed = context.Number("observed-percent", 5);
        await using var server = await PostgresServer.StartAsync(durable: true);
        await server.CreateAsync("field");
        await using var sqlite = await StoreUnderTest.StartAsync(context, "sqlite", null, sessions, observed, stop);
        await using var postgres = await StoreUnderTest.StartAsync(context, "postgres", server.Connection("field"), sessions, observed, stop);
        context.Out.WriteLine($"{sessions} sessions, seed {Seed}, {Environment.ProcessorCount} processors, load {Load()}; PostgreSQL with fsync, its own defaults but for 64 MB of shared buffers");
        foreach (var store in new[] { sqlite, postgres })
        {
            _ = store.Fill("warm-up", 1, 20_000, window, Math.Min(5, seconds), stop);
            _ = store.Fill("warm-up in blocks", 60, 4_000, window, Math.Min(3, seconds), stop);
        }

        var (single, blocks) = (new List<double>(), new List<double>());
        var (own, other, late, lateOther) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var pair = 1; pair <= pairs; pair++)
        {
            // Whoever goes second has the warmer machine, so they take turns.
            var order = pair % 2 == 1 ? new[] { sqlite, postgres } : [postgres, sqlite];
            var one = order.ToDictionary(s => s.Name, s => s.Fill($"pair {pair}: one each", 1, 40_000, window, seconds, stop));
            var many = order.ToDictionary(s => s.Name, s => s.Fill($"pair {pair}: blocks of 60", 60, 8_000, window, seconds, stop));
            single.Add(one["postgres"].Messages / one["sqlite"].Messages);
            blocks.Add(many["postgres"].Readings / many["sqlite"].Readings);
            own.Add(one["sqlite"].Messages);
            other.Add(one["postgres"].Messages);
            late.Add(one["sqlite"].P99);
            lateOther.Add(one["postgres"].P99);
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pair {pair}: PostgreSQL / SQLite {single[^1]:0.00} one each, {blocks[^1]:0.00} in blocks   load {Load()}"));
        }

        var wrong = 0;
        foreach (var store in new[] { sqlite, postgres }) wrong += await store.ReadBackAsync(ReadBack, stop);
        return
        [
            ("postgres_vs_sqlite_messages", Math.Round(Median(single), 2)),
            ("postgres_vs_sqlite_readings_in_blocks", Math.Round(Median(blocks), 2)),
            ("sqlite_messages_per_s", Math.Round(Median(own))),
            ("postgres_messages_per_s", Math.Round(Median(other))),
            ("sqlite_full_ack_ms_p99", Math.Round(Median(late), 1)),
            ("postgres_full_ack_ms_p99", Math.Round(Median(lateOther), 1)),
            ("read_back_wrong", wrong),
            ("pairs", pairs),
            ("seconds", seconds),
            ("sessions", sessions),
            ("load", Load()),
        ];
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
