using System.Text.Json;
using Microsoft.Playwright;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>Deque's axe, run inside a page: which of its accessibility rules the page breaks.</summary>
public static class Axe
{
    private const string Breaches = """
        async () => {
          const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
          return JSON.stringify(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`));
        }
        """;

    private static string Program => Path.Combine(Repository.Root, "dashboards", "checks", "node_modules", "axe-core", "axe.min.js");

    /// <summary>One line a broken rule, with the elements that break it.</summary>
    public static async Task<IReadOnlyList<string>> BreachesAsync(this IPage page)
    {
        if (!File.Exists(Program)) throw new InvalidOperationException("axe is missing: run npm ci in dashboards/checks, or bash tests/run.sh Browser");
        // Evaluated, not added as a script: the page's content security policy stays as strict as it is.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Program));
        return JsonSerializer.Deserialize<List<string>>(await page.EvaluateAsync<string>(Breaches)) ?? [];
    }
}
