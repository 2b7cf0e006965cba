using System.Text.Json;
using Microsoft.Playwright;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>
/// How long somebody looks at a page that is of no use: until the queue stands there with rows under which a click finds them, painted. Each
/// time with a new profile: no cache, no worker of another tab.
/// </summary>
internal static class FirstPaint
{
    private const string Watch = """
        new MutationObserver((_, self) => {
          const box = document.querySelector('#list [role=option]')?.getBoundingClientRect();
          if (!box || !document.elementFromPoint(box.x + 40, box.y + box.height / 2)?.closest('[role=option]')) return;
          self.disconnect();
          // A frame is on the screen when the next one is asked for.
          requestAnimationFrame(() => requestAnimationFrame(() => { window.usefulMs = performance.now(); }));
        }).observe(document, { childList: true, subtree: true });
        """;

    private const string Parts = """
        () => {
          const got = performance.getEntriesByType('resource').filter((e) => e.startTime < window.usefulMs);
          const nav = performance.getEntriesByType('navigation')[0];
          const last = (test) => Math.round(Math.max(0, ...got.filter((e) => test(e.name)).map((e) => e.responseEnd)));
          return JSON.stringify({ usefulMs: window.usefulMs, page: Math.round(nav.responseEnd), scripts: last((n) => n.endsWith('.js')), asked: last((n) => n.includes('/api/')), held: window.fieldProbe.requests().length });
        }
        """;

    public static async Task<IReadOnlyList<(string Name, object Value)>> MeasureAsync(Desk desk, int requests, int turns, TextWriter table, CancellationToken stop)
    {
        var useful = new List<double>();
        // Once for nothing: the hub's first answers are the compiler's.
        for (var turn = 0; turn <= turns; turn++)
        {
            stop.ThrowIfCancellationRequested();
            var page = await desk.BlankAsync(ColorScheme.Light, Watch).ConfigureAwait(false);
            await page.GotoAsync(desk.Address.ToString(), new() { WaitUntil = WaitUntilState.Commit }).ConfigureAwait(false);
            await page.WaitForFunctionAsync("() => window.usefulMs > 0").ConfigureAwait(false);
            using var said = JsonDocument.Parse(await page.EvaluateAsync<string>(Parts).ConfigureAwait(false));
            // It is what it looks like.
            await page.Locator("#list [role=option]").First.ClickAsync().ConfigureAwait(false);
            await page.Locator("aside.card .card-head").WaitForAsync().ConfigureAwait(false);
            await page.Context.CloseAsync().ConfigureAwait(false);
            var ms = said.RootElement.GetProperty("usefulMs").GetDouble();
            if (turn > 0) useful.Add(ms);
            await table.WriteLineAsync($"  {(turn == 0 ? "warm-up" : $"turn {turn}")}: rows to click after {ms:F0} ms ({said.RootElement})").ConfigureAwait(false);
        }

        var median = useful.Order().ElementAt(useful.Count / 2);
        await table.WriteLineAsync($"first useful paint: {median:F0} ms, longest of {turns}: {useful.Max():F0} ms").ConfigureAwait(false);
        return [("first_paint_ms", Math.Round(median))];
    }
}
