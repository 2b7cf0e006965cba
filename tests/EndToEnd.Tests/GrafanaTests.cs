using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>Every query of the dashboards finds what the demo has delivered to a real store. Grafana itself is not opened.</summary>
[Collection(nameof(OneDemoAtATime))]
public sealed class GrafanaTests
{
    private static readonly TimeSpan UntilLive = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Every_panel_shows_something_of_a_city_that_was_driven()
    {
        await using var store = await VictoriaServer.StartAsync();
        var folder = DemoRun.NewFolder();
        await using var demo = DemoRun.Start(folder, "--time-series", store.Url);
        var link = await demo.SignInLinkAsync(UntilLive);
        using var hub = new HttpClient { BaseAddress = new Uri(link.GetLeftPart(UriPartial.Authority)) };
        var key = await File.ReadAllTextAsync(Path.Combine(folder, "demo", "demo.key"));
        hub.DefaultRequestHeaders.Add("Authorization", "Bearer " + key.Trim());

        // As a scraper does, faster.
        var wanted = (string[])["street_lamps_lit > 0", "street_lamps_dark > 0", "street_potholes > 0", "street_roughness_m_per_km", "street_peak_lux", "fleet_unsent", "field_telemetry_points_total > 0"];
        var scrapes = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                await store.ImportAsync(await hub.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
                await store.FlushAsync();
                if (++scrapes < 5) return false;
                foreach (var name in wanted)
                {
                    if ((await SeriesAsync(store, name)).Count == 0) return false;
                }

                return true;
            },
            "the store has streets, fleet and hub", TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(2));
        await Task.WhenAll(demo.EndAsync(TimeSpan.FromMinutes(3)), Task.Run(demo.Interrupt));

        var queries = Queries().ToList();
        Assert.True(queries.Count > 30, $"{queries.Count} queries");
        var empty = new List<string>();
        foreach (var (panel, expression) in queries)
        {
            if (!(await SeriesAsync(store, expression)).Any(double.IsFinite)) empty.Add($"{panel}: {expression}");
        }

        Assert.Empty(empty);
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<(string Panel, string Expression)> Queries()
    {
        var dashboards = Directory.GetFiles(Path.Combine(Repository.Root, "dashboards", "grafana", "provisioning", "dashboards"), "*.json");
        Assert.Equal(3, dashboards.Length);
        foreach (var file in dashboards)
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var panel in json.RootElement.GetProperty("panels").EnumerateArray().Where(p => p.GetProperty("type").GetString() != "row"))
            {
                foreach (var target in panel.GetProperty("targets").EnumerateArray())
                    yield return ($"{Path.GetFileName(file)}: {panel.GetProperty("title").GetString()}", target.GetProperty("expr").GetString()!);
            }
        }
    }

    /// <summary>
    /// The values of every series, now; of streets the highest within a month up to the newest: they are in the demo's own time, which
    /// lies before now, and the last hour of one may be by day, when no light is judged.
    /// </summary>
    private static async Task<List<double>> SeriesAsync(VictoriaServer store, string expression)
    {
        var now = TimeProvider.System.GetUtcNow();
        var at = now;
        if (expression.Contains("street_", StringComparison.Ordinal))
        {
            if (await NumbersAsync(store, "max(tlast_over_time({__name__=~\"street_.*\"}[400d]))", now) is not [var newest]) return [];
            at = DateTimeOffset.FromUnixTimeSeconds((long)newest).AddMinutes(1);
            // The steps are as long as the shortest window of a panel: nothing lies between two of them.
            expression = $"max_over_time(({expression})[30d:1h])";
        }

        return await NumbersAsync(store, expression, at);
    }

    private static async Task<List<double>> NumbersAsync(VictoriaServer store, string expression, DateTimeOffset at)
    {
        using var json = JsonDocument.Parse(await store.QueryAsync(expression, at));
        return [.. json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(r => double.Parse(r.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture))];
    }
}
