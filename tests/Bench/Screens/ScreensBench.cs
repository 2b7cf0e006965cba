using System.Globalization;
using Microsoft.Playwright;
using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Bench.Live;
using ThreeOneOne.Field.Browser.Tests;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>
/// The dispatcher's page in Debian's Chromium without a graphics card, before the real hub and mosquitto: vehicles that send a position a
/// second, requests in the hub's own database, one of them changed each second as people do.
/// </summary>
internal sealed class ScreensBench : IBench
{
    private const int Seed = 311;
    private static readonly string[] Parts = ["paint", "bytes", "frames", "axe", "heap"];

    public string Name => "screens";

    public string Purpose => "the dispatcher's page in Chromium: --minutes 10 (or --seconds N) for the heap, --frames 15 (seconds of each of four looks), --vehicles 2000 --requests 20000 --turns 5, --only paint,bytes,frames,axe,heap";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (vehicles, requests, turns) = (context.Number("vehicles", 2_000), context.Number("requests", 20_000), context.Number("turns", 5));
        var secondsOfFrames = context.Number("frames", 15);
        var soak = TimeSpan.FromSeconds(context.Number("seconds", context.Number("minutes", 10) * 60));
        var only = context.Options.TryGetValue("only", out var named) ? named.Split(',') : Parts;
        if (only.FirstOrDefault(p => !Parts.Contains(p)) is { } stranger) throw new FormatException($"--only '{stranger}': expected some of {string.Join(',', Parts)}");
        await context.Out.WriteLineAsync($"{Environment.ProcessorCount} processors, load {Load()}; {vehicles:N0} vehicles, {requests:N0} open requests, one of them changed each second").ConfigureAwait(false);

        Chromium.MustBeThere();
        await ScreenCity.FillAsync(Path.Combine(context.Scratch, "hub"), vehicles, requests, new Random(Seed), stop).ConfigureAwait(false);
        await using var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop, map: ScreenCity.Map(context.Root)).ConfigureAwait(false);
        await using var movers = Movers.Start(broker.PlainPort, vehicles, new Random(Seed), stop);
        await using var office = Office.Open(hub, requests, new Random(Seed), stop);
        await using var desk = await Desk.OpenAsync(hub, stop).ConfigureAwait(false);

        var figures = new List<(string, object)>();
        if (only.Contains("paint")) figures.AddRange(await FirstPaint.MeasureAsync(desk, requests, turns, context.Out, stop).ConfigureAwait(false));
        if (!only.Any(p => p is "bytes" or "frames" or "axe" or "heap")) return figures;

        var page = await desk.OpenAsync(ColorScheme.Light, stop).ConfigureAwait(false);
        await Desk.SettleAsync(page, stop).ConfigureAwait(false);
        if (only.Contains("bytes")) figures.AddRange(await ScriptBytes.MeasureAsync(page, context.Root, context.Out, stop).ConfigureAwait(false));
        var frames = new List<FrameFigures>();
        if (only.Contains("frames")) await FramesAsync().ConfigureAwait(false);

        var heap = only.Contains("heap") ? HeapRun.MeasureAsync(desk, page, soak, context.Out, stop) : null;
        if (only.Contains("axe")) figures.AddRange(await AxeRun.MeasureAsync(desk, context.Out, stop).ConfigureAwait(false));
        if (heap is not null)
        {
            figures.AddRange(await heap.ConfigureAwait(false));
            if (only.Contains("frames")) await FramesAsync().ConfigureAwait(false);
        }

        if (frames.Count > 0)
        {
            figures.Insert(0, ("fps_idle", Math.Round(frames.Select(f => f.PerSecond).Order().ElementAt(frames.Count / 2), 1)));
            figures.Add(("cpu_ms_frame", Math.Round(frames.Select(f => f.CpuMs).Order().ElementAt(frames.Count / 2), 1)));
            figures.Add(("map_draws_idle", frames.Min(f => f.MapDraws)));
        }

        figures.Add(("load", double.Parse(Load(), CultureInfo.InvariantCulture)));
        await context.Out.WriteLineAsync($"{movers.Sent:N0} positions sent, {office.Changed:N0} requests changed").ConfigureAwait(false);
        return figures;

        async Task FramesAsync()
        {
            for (var i = 0; i < 2; i++)
            {
                frames.Add(await FrameFigures.MeasureAsync(desk, page, secondsOfFrames).ConfigureAwait(false));
                await context.Out.WriteLineAsync($"idle map: {frames[^1]}, load {Load()}").ConfigureAwait(false);
            }
        }
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
