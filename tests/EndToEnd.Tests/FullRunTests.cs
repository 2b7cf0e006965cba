using System.Text.Json;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>The demo as a city sees it: real broker, real agents, real database, from streets to closed work orders.</summary>
[Collection(nameof(OneDemoAtATime))]
public sealed class FullRunTests
{
    // First set-up and build are part of a run on a machine that never saw it.
    private static readonly TimeSpan UntilLive = TimeSpan.FromMinutes(6);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_minute_on_the_road_opens_and_closes_tickets_and_loses_nothing(string storage)
    {
        var folder = DemoRun.NewFolder();
        await using (var first = DemoRun.Start(folder, "--for", "60s", "--storage", storage))
        {
            await first.SignInLinkAsync(UntilLive);
            Assert.True(await first.EndAsync(TimeSpan.FromSeconds(110)) == 0, first.Log);

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
        Assert.True(await second.EndAsync(TimeSpan.FromSeconds(60)) == 0, second.Log);
        Assert.Equal(0, Number(second.Figures(), "lost"));
        Assert.Equal(0, Number(second.Figures(), "duplicated"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Ctrl_C_ends_everything_in_order()
    {
        var folder = DemoRun.NewFolder();
        await using var demo = DemoRun.Start(folder, "--vehicles", "8");
        await demo.SignInLinkAsync(UntilLive);
        Assert.Contains(demo.Processes().Values, line => line.Contains("mosquitto", StringComparison.Ordinal));

        demo.Interrupt();

        Assert.True(await demo.EndAsync(TimeSpan.FromSeconds(40)) == 0, demo.Log);
        Assert.Empty(demo.Processes());
        Assert.Equal(JsonValueKind.Object, demo.Figures().ValueKind);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task After_a_power_cut_the_next_start_ends_what_was_left_and_goes_on()
    {
        var folder = DemoRun.NewFolder();
        int[] left;
        await using (var cut = DemoRun.Start(folder, "--vehicles", "8"))
        {
            await cut.SignInLinkAsync(UntilLive);
            left = [.. cut.Processes().Where(p => p.Value.Contains("mosquitto", StringComparison.Ordinal)
                || p.Value.Contains("field-agent", StringComparison.Ordinal)).Select(p => p.Key)];
            foreach (var (pid, _) in cut.Processes().Where(p => p.Value.Contains("field-hub", StringComparison.Ordinal))) DemoRun.KillHard(pid);
            DemoRun.KillHard(cut.ProcessId);
            await cut.EndAsync(TimeSpan.FromSeconds(10));
            Assert.NotEmpty(left);
        }

        await using var next = DemoRun.Start(folder, "--vehicles", "8", "--for", "5s");
        await next.SignInLinkAsync(UntilLive);
        var still = next.Processes().Keys;
        Assert.DoesNotContain(left, still.Contains);
        Assert.True(await next.EndAsync(TimeSpan.FromSeconds(60)) == 0, next.Log);
        Assert.Equal(0, Number(next.Figures(), "lost"));
        Assert.Equal(0, Number(next.Figures(), "duplicated"));
        Assert.Empty(next.Processes());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Data_that_was_begun_in_one_store_is_not_continued_in_the_other()
    {
        var folder = DemoRun.NewFolder();
        await using (var first = DemoRun.Start(folder, "--vehicles", "8", "--for", "3s", "--storage", "postgres"))
        {
            await first.SignInLinkAsync(UntilLive);
            Assert.True(await first.EndAsync(TimeSpan.FromSeconds(60)) == 0, first.Log);
        }

        await using var second = DemoRun.Start(folder, "--vehicles", "8", "--for", "3s");
        Assert.Equal(2, await second.EndAsync(UntilLive));
        Assert.Contains("begun with postgres: go on with --storage postgres", second.Log, StringComparison.Ordinal);
        Assert.Empty(second.Processes());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_taken_port_is_said_in_one_sentence()
    {
        var folder = DemoRun.NewFolder();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        await using var demo = DemoRun.Start(folder, port, "--for", "5s");

        Assert.NotEqual(0, await demo.EndAsync(UntilLive));
        Assert.Contains($"{port}", demo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", demo.Log, StringComparison.Ordinal);
        Assert.Empty(demo.Processes());
        Directory.Delete(folder, recursive: true);
    }

    private static double Number(JsonElement figures, params string[] path) =>
        path.Aggregate(figures, (e, name) => e.GetProperty(name)).GetDouble();
}
