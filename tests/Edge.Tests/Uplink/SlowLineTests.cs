using ThreeOneOne.Field.Support;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

public sealed class SlowLineTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The long version is the benchmark <c>lanes</c>.</summary>
    [Fact]
    public async Task A_backlog_on_a_slow_line_delays_neither_the_newest_position_nor_a_completion()
    {
        var run = new LaneRun(Backlog: 10_000, BitsPerSecond: 32_000, RoundTrip: TimeSpan.FromMilliseconds(800), Lasts: TimeSpan.FromSeconds(24));
        await using var machine = MachineLateness.Watch();
        var figures = await run.RunAsync(folder.Path, default);
        // Vehicle, line, broker and hub are on this one machine: a position waits for a processor at each of them.
        var busy = 10 * machine.Worst.TotalMilliseconds;
        output.WriteLine($"{figures}; the machine was up to {machine.Worst.TotalMilliseconds:0} ms late");
        Assert.InRange(figures.LiveMsP99, 400, 3_000 + busy);
        Assert.InRange(figures.ActionAckMsMax, 800, 10_000 + busy);
        Assert.True(figures.LiveArrived >= figures.FixesGiven * 0.9, $"{figures.LiveArrived} of {figures.FixesGiven} positions arrived");

        // The backlog moves on meanwhile, on what is left of the line.
        Assert.True(figures.BytesPerSecond > 2_000, $"{figures.BytesPerSecond} bytes/s of 4,000");
        Assert.Equal(0, figures.Duplicates);
    }
}
