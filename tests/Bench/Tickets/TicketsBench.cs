namespace ThreeOneOne.Field.Bench.Tickets;

/// <summary>What the size of a city costs: matching an observation to its place, and lists and maps of open requests.</summary>
internal sealed class TicketsBench : IBench
{
    private const int Seed = 311;
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    public string Name => "tickets";

    public string Purpose => "matching, lists and maps at 10,000, 100,000 and 1,000,000 open requests: --questions 400000 --pairs 5 --most 1000000 --only match|lists";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (questions, pairs, most) = (context.Number("questions", 400_000), context.Number("pairs", 5), context.Number("most", 1_000_000));
        var only = context.Options.GetValueOrDefault("only");
        var matches = new Dictionary<int, MatchFigures>();
        var figures = new List<(string, object)>();
        var lists = new ListFigures(0, 0, 0, 0);
        await context.Out.WriteLineAsync(
            $"{"open",10}{"matched/s",14}{"vs STRtree",12}{"in batches/s",14}{"neighbours",12}{"one read ns",13}{"list p99 ms",13}{"find p99 ms",13}{"map p99 ms",13}{"hub starts in s",17}").ConfigureAwait(false);
        foreach (var size in Sizes.Where(s => s <= most))
        {
            var match = only == "lists" ? new MatchFigures(0, 0, 0, 0, 0) : MatchRun.Measure(size, questions, pairs, Seed);
            matches[size] = match;
            if (only != "match") lists = await ListRun.MeasureAsync(context, size, Seed, stop).ConfigureAwait(false);
            await context.Out.WriteLineAsync(
                $"{size,10:N0}{match.PerSecond,14:N0}{match.VsTree,12:N2}{match.PerSecondInBatches,14:N0}{match.Neighbours,12:N2}{match.OneReadNs,13:N1}{lists.ListMs,13:N1}{lists.SearchMs,13:N1}{lists.MapMs,13:N1}{lists.StartSeconds,17:N1}").ConfigureAwait(false);
            if (size == 100_000) figures.AddRange([("match_per_s_core", Math.Round(match.PerSecond)), ("vs_strtree", Math.Round(match.VsTree, 2))]);
        }

        figures.AddRange([("list_ms_p99", Math.Round(lists.ListMs, 1)), ("search_ms_p99", Math.Round(lists.SearchMs, 1)), ("map_ms_p99", Math.Round(lists.MapMs, 1))]);
        if (matches.TryGetValue(1_000_000, out var large))
        {
            figures.Add(("growth_100k_1m", Math.Round(matches[100_000].PerSecond / large.PerSecond, 2)));
            figures.Add(("growth_100k_1m_in_batches", Math.Round(matches[100_000].PerSecondInBatches / large.PerSecondInBatches, 2)));
        }

        return figures;
    }
}
