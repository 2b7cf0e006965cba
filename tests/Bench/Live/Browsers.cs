using System.Net.Http.Headers;
using System.Text.Json;

namespace ThreeOneOne.Field.Bench.Live;

/// <summary>The process of the browsers: follows the feed many times over and times what arrives.</summary>
internal static class Browsers
{
    public const string Argument = "live-browsers";
    public const string KeyVariable = "BENCH_LIVE_KEY";

    public static async Task RunAsync(Uri hub, int count)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = count + 1 }) { BaseAddress = hub, Timeout = Timeout.InfiniteTimeSpan };
        var key = Environment.GetEnvironmentVariable(KeyVariable);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var browsers = Enumerable.Range(0, count).Select(i => new Browser(isCareful: i == 0)).ToList();
        using var ending = new CancellationTokenSource();
        var following = browsers.ConvertAll(b => b.FollowAsync(client, ending.Token));
        await Task.WhenAll(browsers.Select(b => b.Begun)).ConfigureAwait(false);
        Console.WriteLine("ready");
        if (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
            foreach (var browser in browsers) browser.IsTiming = true;
            await Console.In.ReadLineAsync().ConfigureAwait(false);
            foreach (var browser in browsers) browser.IsTiming = false;
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(following).ConfigureAwait(false);
        Console.WriteLine(JsonSerializer.Serialize(Figures(browsers)));
    }

    private static BrowserFigures Figures(List<Browser> browsers)
    {
        var ticks = browsers.SelectMany(b => b.TickMs).Order().ToArray();
        var sensor = browsers[0].SensorMs.Order().ToArray();
        return new BrowserFigures(
            ticks.Length, At(ticks, 0.5), At(ticks, 0.99), At(sensor, 0.5), At(sensor, 0.99), sensor.Length, browsers[0].Doubled, browsers.Sum(b => b.Lost), browsers.Max(b => b.MostBetweenMs));
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
}
