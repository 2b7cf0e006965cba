using System.Text.Json;
using Microsoft.Playwright;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>Reads the page's own picture of the city (<c>window.fieldProbe</c>).</summary>
public static class PageProbe
{
    public static async Task<IReadOnlyList<string>> RequestNumbersAsync(this IPage page) =>
        await page.EvaluateAsync<string[]>("() => window.fieldProbe.requests()");

    /// <summary>Begins to note which requests this page shows open and later closed.</summary>
    public static Task FollowClosuresAsync(this IPage page) => page.EvaluateAsync("""
        () => {
          const open = new Set();
          window.closedInView = new Set();
          setInterval(() => {
            for (const [number, status] of Object.entries(window.fieldProbe.statuses())) {
              if (status === 'open') open.add(number);
              else if (status === 'closed' && open.has(number)) window.closedInView.add(number);
            }
          }, 200);
        }
        """);

    /// <summary>Numbers of requests that were open and then closed on this page since <see cref="FollowClosuresAsync"/>, in order.</summary>
    public static async Task<IReadOnlyList<string>> ClosedInViewAsync(this IPage page) =>
        await page.EvaluateAsync<string[]>("() => [...window.closedInView]");

    /// <summary>Latitude and longitude by unit id.</summary>
    public static async Task<IReadOnlyDictionary<string, (double Lat, double Lon)>> PositionsAsync(this IPage page)
    {
        // As text: the driver's own form for nested values is not JSON.
        var text = await page.EvaluateAsync<string>("() => JSON.stringify(window.fieldProbe.positions())");
        var positions = JsonSerializer.Deserialize<Dictionary<string, double[]>>(text) ?? [];
        return positions.ToDictionary(u => u.Key, u => (u.Value[0], u.Value[1]), StringComparer.Ordinal);
    }

    /// <summary>Units whose place differs from an earlier look.</summary>
    public static async Task<int> MovedSinceAsync(this IPage page, IReadOnlyDictionary<string, (double Lat, double Lon)> before) =>
        (await page.PositionsAsync()).Count(u => before.TryGetValue(u.Key, out var then) && then != u.Value);
}
