namespace ThreeOneOne.Field.Bench.Tickets;

/// <summary>What the size of a city costs: matching an observation to its place, and lists and maps of open requests.</summary>
internal sealed class TicketsBench : IBench
{
    private const int Seed = 311;
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    public string Name => "tickets";

    public string Purpose => "matching, lists and maps at 10,000, 100,000 and 1,000,000 open requests: --questions 400000 --pairs 5 --most 1000000";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (questions, pairs, most) = (context.Number("questions", 400_000), context.Number("pairs", 5), context.Number("most", 1_000_000));
        var rates = new Dictionary<int, double>();
        var figures = new List<(string, object)>();
        var (list, map) = (0.0, 0.0);
        await context.Out.WriteLineAsync($"{"open",10}{"matched/s",14}{"vs STRtree",12}{"list p99 ms",13}{"map p99 ms",13}{"hub starts in s",17}").ConfigureAwait(false);
        foreach (var size in Sizes.Where(s => s <= most))
        {
            var (perSecond, versus) = MatchRun.Measure(size, questions, pairs, Seed);
            rates[size] = perSecond;
            (list, map, var start) = await ListRun.MeasureAsync(context, size, Seed, stop).ConfigureAwait(false);
            await context.Out.WriteLineAsync($"{size,10:N0}{perSecond,14:N0}{versus,12:N2}{list,13:N1}{map,13:N1}{start,17:N1}").ConfigureAwait(false);
            if (size == 100_000) figures.AddRange([("match_per_s_core", Math.Round(perSecond)), ("vs_strtree", Math.Round(versus, 2))]);
        }

        figures.AddRange([("list_ms_p99", Math.Round(list, 1)), ("map_ms_p99", Math.Round(map, 1))]);
        if (rates.TryGetValue(1_000_000, out var large)) figures.Add(("growth_100k_1m", Math.Round(rates[100_000] / large, 2)));
        return figures;
    }
}
