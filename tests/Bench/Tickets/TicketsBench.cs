namespace ThreeOneOne.Field.Bench.Tickets;

/// <summary>What the size of a city costs: matching an observation to its place, and lists and maps of open requests.</summary>
internal sealed class TicketsBench : IBench
{
    private const int Seed = 311;
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    public string Name => "tickets";

    public string Purpose => "matching, lists and maps at 10,000, 100,000 and 1,000,000 open requests: --questions 400000 --pairs 5 --most 1000000";

    public Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (questions, pairs, most) = ((int)context.Number("questions", 400_000), (int)context.Number("pairs", 5), (int)context.Number("most", 1_000_000));
        var rates = new Dictionary<int, double>();
        var figures = new List<(string, object)>();
        context.Out.WriteLine($"{"open",10}{"matched/s",14}{"vs STRtree",12}");
        foreach (var size in Sizes.Where(s => s <= most))
        {
            stop.ThrowIfCancellationRequested();
            var (perSecond, versus) = MatchRun.Measure(size, questions, pairs, Seed);
            rates[size] = perSecond;
            context.Out.WriteLine($"{size,10:N0}{perSecond,14:N0}{versus,12:N2}");
            if (size == 100_000) figures.AddRange([("match_per_s_core", Math.Round(perSecond)), ("vs_strtree", Math.Round(versus, 2))]);
        }

        if (rates.TryGetValue(1_000_000, out var large)) figures.Add(("growth_100k_1m", Math.Round(rates[100_000] / large, 2)));
        return Task.FromResult<IReadOnlyList<(string Name, object Value)>>(figures);
    }
}
