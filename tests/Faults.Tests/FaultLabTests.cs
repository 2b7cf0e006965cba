using System.Text.Json;

namespace ThreeOneOne.Field.Faults.Tests;

/// <summary>A slice of the fault lab; the whole of it is <c>bash tests/faults.sh</c>.</summary>
public sealed class FaultLabTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(18);

    [Fact]
    public async Task Forty_faults_lose_nothing_and_double_nothing()
    {
        var run = await LabRun.OfAsync(Longest, "--points", "40", "--vehicles", "4", "--seed", "311");

        Assert.True(run.ExitCode == 0, run.Output);
        using var line = JsonDocument.Parse(run.LastLine);
        int Figure(string name) => line.RootElement.GetProperty(name).GetInt32();
        Assert.True(Figure("points") >= 40, run.Output);
        Assert.True(Figure("acknowledged") > 0, run.Output);
        Assert.Equal((0, 0, 0), (Figure("lost"), Figure("orders_lost"), Figure("duplicate_tickets")));
        Assert.Equal(Figure("gaps_injected"), Figure("gaps_detected"));
    }

    [Fact]
    public async Task The_lab_reports_every_promise_that_is_broken_on_purpose()
    {
        var run = await LabRun.OfAsync(Longest, "--self-test");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.DoesNotContain("BLIND", run.Output, StringComparison.Ordinal);
        Assert.Equal(6, run.Output.Split('\n').Count(l => l.StartsWith("ok ", StringComparison.Ordinal)));
    }
}
