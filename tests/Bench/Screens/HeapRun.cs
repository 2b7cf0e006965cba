using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>What the page and its workers hold after a forced collection, as time goes by.</summary>
internal static class HeapRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<(string Name, object Value)>> MeasureAsync(Desk desk, IPage page, TimeSpan soak, TextWriter table, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var heaps = new List<Heap> { await LookAsync(desk, page, stop).ConfigureAwait(false) };
        await table.WriteLineAsync($"heap at once: {heaps[0]}").ConfigureAwait(false);
        while (Stopwatch.GetElapsedTime(began) is var since && since < soak)
        {
            var rest = soak - since;
            await Task.Delay(rest < Look ? rest : Look, stop).ConfigureAwait(false);
            heaps.Add(await LookAsync(desk, page, stop).ConfigureAwait(false));
            await table.WriteLineAsync($"heap after {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s: {heaps[^1]}").ConfigureAwait(false);
        }

        return [("heap_mb_10min", Math.Round(heaps[^1].All, 1)), ("heap_page_mb", Math.Round(heaps[^1].Page, 1)), ("heap_growth_mb", Math.Round(heaps[^1].All - heaps[0].All, 1))];
    }

    private static async Task<Heap> LookAsync(Desk desk, IPage page, CancellationToken stop)
    {
        using var tools = await DevTools.ConnectAsync(desk.DevToolsPort, stop).ConfigureAwait(false);
        var info = await page.Context.NewCDPSessionAsync(page).ConfigureAwait(false);
        var profile = (await info.SendAsync("Target.getTargetInfo").ConfigureAwait(false))!.Value.GetProperty("targetInfo").GetProperty("browserContextId").GetString();
        await info.DetachAsync().ConfigureAwait(false);
        var targets = (await tools.AskAsync("Target.getTargets", new JsonObject { ["filter"] = new JsonArray(new JsonObject()) }, null, stop).ConfigureAwait(false))["targetInfos"]!.AsArray();
        double mine = 0, feed = 0, map = 0;
        foreach (var target in targets.Where(t => (string?)t!["browserContextId"] == profile))
        {
            var type = (string)target!["type"]!;
            if (type is not ("page" or "shared_worker" or "worker")) continue;
            var megabytes = await UsedAsync(tools, (string)target["targetId"]!, stop).ConfigureAwait(false);
            if (type == "page") mine += megabytes;
            else if (type == "shared_worker") feed += megabytes;
            else map += megabytes;
        }

        return new Heap(mine, feed, map);
    }

    private static async Task<double> UsedAsync(DevTools tools, string target, CancellationToken stop)
    {
        var session = (string)(await tools.AskAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true }, null, stop).ConfigureAwait(false))["sessionId"]!;
        // Twice: what a finaliser held goes with the second.
        for (var i = 0; i < 2; i++) await tools.AskAsync("HeapProfiler.collectGarbage", null, session, stop).ConfigureAwait(false);
        var used = (double)(await tools.AskAsync("Runtime.getHeapUsage", null, session, stop).ConfigureAwait(false))["usedSize"]!;
        await tools.AskAsync("Target.detachFromTarget", new JsonObject { ["sessionId"] = session }, null, stop).ConfigureAwait(false);
        return used / 1e6;
    }

    /// <summary>Megabytes of JavaScript in use.</summary>
    private sealed record Heap(double Page, double Feed, double Map)
    {
        public double All => Page + Feed + Map;

        public override string ToString() => $"{All:F1} MB: page {Page:F1}, worker of the feed {Feed:F1}, workers of the map {Map:F1}";
    }
}
