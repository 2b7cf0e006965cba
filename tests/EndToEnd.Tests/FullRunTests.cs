using System.Text.Json;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>The demo as a city sees it: real broker, real agents, real database, from streets to closed work orders.</summary>
[Collection(nameof(OneDemoAtATime))]
public sealed class FullRunTests
{
    // First set-up and build are part of a run on a machine that never saw it.
    private static readonly TimeSpan UntilLive = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan UntilEnded = TimeSpan.FromMinutes(4);

    [Fact]
    public Task A_minute_on_the_road_opens_and_closes_tickets_and_loses_nothing() => MinuteAsync("sqlite");

    /// <summary>A minute on the road with its data in a store, and a second start on them.</summary>
    internal static async Task MinuteAsync(string storage)
    {
        var folder = DemoRun.NewFolder();
        await using (var first = DemoRun.Start(folder, "--for", "60s", "--storage", storage))
        {
            await first.SignInLinkAsync(UntilLive);
            Assert.True(await first.EndAsync(UntilEnded) == 0, first.Log);

            var figures = first.Figures();
            Assert.True(Number(figures, "requests_opened", "lamp") > 0, figures.ToString());
            Assert.True(Number(figures, "requests_opened", "pothole") > 0, figures.ToString());
            Assert.True(Number(figures, "work_orders_closed") > 0, figures.ToString());
            Assert.True(Number(figures, "readings") > 1_000, figures.ToString());
            Assert.Equal(0, Number(figures, "lost"));
            Assert.Equal(0, Number(figures, "duplicated"));
            // Automation that a crew can trust: most of what is planted is found, and hardly anything else.
            foreach (var service in new[] { "lamp", "pothole" })
            {
                Assert.True(Number(figures, "found", service) > Number(figures, "false", service), figures.ToString());
                Assert.Equal(Number(figures, "planted", service), Number(figures, "found", service) + Number(figures, "missed", service));
            }

            foreach (var name in new[] { "ticket_ms_p50", "ticket_ms_p99", "feed_ms_p50", "feed_ms_p99" })
                Assert.InRange(Number(figures, name), 0.01, 60_000);
            Assert.Empty(first.Processes());
        }

        // A second start goes on with what the first one stored.
        await using var second = DemoRun.Start(folder, "--for", "8s", "--storage", storage);
        await second.SignInLinkAsync(UntilLive);
        Assert.True(await second.EndAsync(UntilEnded) == 0, second.Log);
        Assert.Equal(0, Number(second.Figures(), "lost"));
        Assert.Equal(0, Number(second.Figures(), "duplicated"));
        Directory.Delete(folder, recursive: true);
    }

    internal static double Number(JsonElement figures, params string[] path) =>
        path.Aggregate(figures, (e, name) => e.GetProperty(name)).GetDouble();
}
