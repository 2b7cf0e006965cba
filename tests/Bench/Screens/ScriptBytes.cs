using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>JavaScript of the opened page, as <c>gzip -9</c> makes it: until its lists are there, and with map and workers.</summary>
internal static partial class ScriptBytes
{
    public static async Task<IReadOnlyList<(string Name, object Value)>> MeasureAsync(IPage page, string root, TextWriter table, CancellationToken stop)
    {
        var assets = Path.Combine(root, "dashboards/dispatch/dist/assets");
        var index = await File.ReadAllTextAsync(Path.Combine(assets, "../index.html"), stop).ConfigureAwait(false);
        var before = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match script in InPage().Matches(index)) await TakeAsync(assets, script.Groups[1].Value, before, stop).ConfigureAwait(false);
        // What it has fetched by now, and what a worker of it has: the browser does not list that with the page.
        var fetched = await page.EvaluateAsync<string[]>("() => performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname).filter((n) => n.endsWith('.js'))").ConfigureAwait(false);
        var all = new SortedSet<string>(before, StringComparer.Ordinal);
        foreach (var path in fetched.Concat(Directory.EnumerateFiles(assets, "*-worker*.js"))) await TakeAsync(assets, Path.GetFileName(path), all, stop).ConfigureAwait(false);
        var (early, whole) = (Kilobytes(assets, before), Kilobytes(assets, all));
        await table.WriteLineAsync($"JavaScript, gzip: {early:F1} KB before the map ({string.Join(", ", before)}), {whole:F1} KB in all ({string.Join(", ", all.Except(before).Select(n => $"{n} {Kilobytes(assets, [n]):F1}"))})").ConfigureAwait(false);
        return [("js_kb_gz_before_map", Math.Round(early, 1)), ("js_kb_gz", Math.Round(whole, 1))];
    }

    /// <summary>A script with all that it imports at once, and the feed's worker, which it starts at once.</summary>
    private static async Task TakeAsync(string assets, string name, SortedSet<string> taken, CancellationToken stop)
    {
        if (!taken.Add(name)) return;
        var text = await File.ReadAllTextAsync(Path.Combine(assets, name), stop).ConfigureAwait(false);
        foreach (Match import in Imported().Matches(text)) await TakeAsync(assets, import.Groups[1].Value, taken, stop).ConfigureAwait(false);
        if (FeedWorker().Match(text) is { Success: true } worker) await TakeAsync(assets, worker.Value, taken, stop).ConfigureAwait(false);
    }

    private static double Kilobytes(string assets, IEnumerable<string> names) => names.Sum(name =>
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(File.ReadAllBytes(Path.Combine(assets, name)));
        return packed.Length / 1000.0;
    });

    [GeneratedRegex(@"(?:src|href)=""/assets/([^""]+\.js)""")]
    private static partial Regex InPage();

    [GeneratedRegex(@"(?:^|[;\s}])(?:import|export)\s*(?:[\w$*{},\s]+from\s*)?[""']\./([^""']+\.js)[""']")]
    private static partial Regex Imported();

    [GeneratedRegex(@"feed-worker-[\w-]+\.js")]
    private static partial Regex FeedWorker();
}
