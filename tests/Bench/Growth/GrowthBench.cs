using System.Diagnostics;

namespace ThreeOneOne.Field.Bench.Growth;

/// <summary>
/// What one reading costs the hub as the city grows: processor time of decoding, storing, folding sites and following them
/// with requests, at 100 vehicles, 1,000 open sites and 100,000 readings, at ten times and at a hundred times that.
/// <c>--scale 10</c> leaves the hundredfold out; <c>--minutes N</c> sets how many vehicle minutes are measured.
/// </summary>
internal sealed class GrowthBench : IBench
{
    private const int BaseVehicles = 100;
    private const int Rounds = 5;
    private const int TogetherInHistory = 20;
    private const int Together = 8;

    public string Name => "growth";

    public string Purpose => "cost per reading at 1, 10 and 100 times the city (--scale 10 for a quick one)";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var scale = context.Number("scale", 100);
        var minutes = context.Number("minutes", 2_000);
        await context.Out.WriteLineAsync($"{"city",-6}{"vehicles",10}{"sites",10}{"requests",10}{"readings",12}{"µs/reading",12}{"p50 ms",9}{"p99 ms",9}{"look-up ms",12}{"built in s",12}").ConfigureAwait(false);
        // Once for nothing: the first city pays for compiling.
        await MeasureAsync(context, 1, minutes / 4, print: false, stop).ConfigureAwait(false);
        var figures = new List<(string, object)>();
        var first = await MeasureAsync(context, 1, minutes, print: true, stop).ConfigureAwait(false);
        figures.Add(("us_per_reading", Math.Round(first, 2)));
        for (var times = 10; times <= scale; times *= 10)
            figures.Add(($"x{times}", Math.Round(await MeasureAsync(context, times, minutes, print: true, stop).ConfigureAwait(false) / first, 2)));
        return figures;
    }

    /// <returns>Processor time of one reading, microseconds: the median of some rounds.</returns>
    private static async Task<double> MeasureAsync(BenchContext context, int times, int minutes, bool print, CancellationToken stop)
    {
        var folder = Path.Combine(context.Scratch, $"growth-{times}-{print}");
        var city = new GrowthCity(BaseVehicles * times, seed: 311);
        double cost;
        await using (var hub = await GrowthHub.StartAsync(folder, city, stop).ConfigureAwait(false))
        {
            var building = Stopwatch.StartNew();
            foreach (var messages in city.History().Chunk(TogetherInHistory)) await hub.IngestAsync(messages).ConfigureAwait(false);
            await hub.SettleAsync(stop).ConfigureAwait(false);
            var (sites, requests, readings) = await hub.CountAsync(stop).ConfigureAwait(false);
            building.Stop();
            var costs = new List<double>();
            var waits = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var before = city.Readings;
                var batches = Enumerable.Range(0, minutes / Rounds).Select(i => city.Minute(1_500 + round * 60 + i * 0.01)).Chunk(Together).ToList();
                GC.Collect();
                var begun = Processor();
                foreach (var batch in batches)
                {
                    var started = Stopwatch.GetTimestamp();
                    await hub.IngestAsync(batch).ConfigureAwait(false);
                    waits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }

                await hub.SettleAsync(stop).ConfigureAwait(false);
                costs.Add((Processor() - begun).TotalMicroseconds / (city.Readings - before));
            }

            var lookingUp = Stopwatch.StartNew();
            for (var i = 0; i < 20; i++) await hub.LookUpAsync(stop).ConfigureAwait(false);
            cost = Middle(costs, 0.5);
            if (print)
            {
                await context.Out.WriteLineAsync(
                    $"x{times,-5}{BaseVehicles * times,10:N0}{sites,10:N0}{requests,10:N0}{readings,12:N0}{cost,12:N2}{Middle(waits, 0.5),9:N1}{Middle(waits, 0.99),9:N1}{lookingUp.Elapsed.TotalMilliseconds / 20,12:N1}{building.Elapsed.TotalSeconds,12:N0}").ConfigureAwait(false);
            }
        }

        Directory.Delete(folder, recursive: true);
        return cost;
    }

    private static TimeSpan Processor()
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime;
    }

    private static double Middle(List<double> values, double share) => values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share));
}
