using System.Text.Json;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>The demo on PostgreSQL, how it ends, and how it goes on after an end of any kind.</summary>
[Collection(nameof(OneDemoAtATime))]
public sealed class StartAndEndTests
{
    // First set-up and build are part of a run on a machine that never saw it.
    private static readonly TimeSpan UntilLive = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan UntilEnded = TimeSpan.FromMinutes(3);

    [Fact]
    public Task A_minute_on_the_road_with_PostgreSQL_opens_and_closes_tickets_and_loses_nothing() => FullRunTests.MinuteAsync("postgres");

    [Fact]
    public async Task Ctrl_C_ends_everything_in_order()
    {
        var folder = DemoRun.NewFolder();
        await using var demo = DemoRun.Start(folder, "--vehicles", "8");
        await demo.SignInLinkAsync(UntilLive);
        Assert.Contains(demo.Processes().Values, line => line.Contains("mosquitto", StringComparison.Ordinal));

        demo.Interrupt();

        Assert.True(await demo.EndAsync(UntilEnded) == 0, demo.Log);
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
            await cut.EndAsync(UntilEnded);
            Assert.NotEmpty(left);
        }

        await using var next = DemoRun.Start(folder, "--vehicles", "8", "--for", "5s");
        await next.SignInLinkAsync(UntilLive);
        var still = next.Processes().Keys;
        Assert.DoesNotContain(left, still.Contains);
        Assert.True(await next.EndAsync(UntilEnded) == 0, next.Log);
        Assert.Equal(0, FullRunTests.Number(next.Figures(), "lost"));
        Assert.Equal(0, FullRunTests.Number(next.Figures(), "duplicated"));
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
            Assert.True(await first.EndAsync(UntilEnded) == 0, first.Log);
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
}
