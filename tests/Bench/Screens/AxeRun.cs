using Microsoft.Playwright;
using ThreeOneOne.Field.Browser.Tests;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>Deque's axe on each view of the page in both themes, and on the sign-in page.</summary>
internal static class AxeRun
{
    // As dashboards/dispatch/src/app/views.ts names them.
    private static readonly string[] Views =
    [
        "requests", "hazards", "orders", "units", "crews", "shifts", "unsent", "overview", "alerts", "desk", "replay", "reports", "coverage", "spots", "costs",
        "automation", "events", "places", "imports", "city", "aside",
    ];

    private const string Quiet = """
        () => new Promise((done) => {
          const end = setTimeout(finish, 5000);
          let rest = setTimeout(finish, 600);
          const watch = new MutationObserver(() => { clearTimeout(rest); rest = setTimeout(finish, 600); });
          watch.observe(document.querySelector('main'), { childList: true, subtree: true });
          function finish() { clearTimeout(end); clearTimeout(rest); watch.disconnect(); done(); }
        })
        """;

    public static async Task<IReadOnlyList<(string Name, object Value)>> MeasureAsync(Desk desk, TextWriter table, CancellationToken stop)
    {
        var breaches = new List<string>();
        var looked = 0;
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await desk.OpenAsync(theme, stop).ConfigureAwait(false);
            var unit = Live.Movers.Id(1);
            foreach (var at in Views.Append("request/" + ScreenCity.Number(0)).Append("unit/" + unit))
            {
                stop.ThrowIfCancellationRequested();
                await page.EvaluateAsync("(at) => { location.hash = '#/' + at; }", at).ConfigureAwait(false);
                await page.EvaluateAsync(Quiet).ConfigureAwait(false);
                breaches.AddRange((await page.BreachesAsync().ConfigureAwait(false)).Select(b => $"{at}, {theme}: {b}"));
                looked++;
            }

            await page.Context.ClearCookiesAsync().ConfigureAwait(false);
            await page.GotoAsync(new Uri(desk.Address, "/sign-in").ToString()).ConfigureAwait(false);
            await page.Locator("#sign-in").WaitForAsync().ConfigureAwait(false);
            breaches.AddRange((await page.BreachesAsync().ConfigureAwait(false)).Select(b => $"sign-in, {theme}: {b}"));
            looked++;
            await page.Context.CloseAsync().ConfigureAwait(false);
        }

        foreach (var breach in breaches) await table.WriteLineAsync("  " + breach).ConfigureAwait(false);
        await table.WriteLineAsync($"axe: {breaches.Count} violations on {looked} pages").ConfigureAwait(false);
        return [("axe_violations", breaches.Count)];
    }
}
