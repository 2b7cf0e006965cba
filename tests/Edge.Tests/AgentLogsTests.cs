using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent;

namespace ThreeOneOne.Field.Edge.Tests;

public sealed class AgentLogsTests : IDisposable
{
    private readonly StringWriter output = new();

    public void Dispose() => output.Dispose();

    [Fact]
    public void An_entry_is_one_line_with_time_level_category_and_id()
    {
        using (var logs = new AgentLogs(output, TimeProvider.System))
        {
            var log = logs.CreateLogger("ThreeOneOne.Field.Agent.Uplink");
            Write(log, LogLevel.Error, 5103, "two\nlines", new IOException("the disk is gone"));
            Write(log, LogLevel.Debug, 5104, "nobody asked for this", null);
            Write(logs.CreateLogger("Microsoft.AspNetCore.Server.Kestrel"), LogLevel.Information, 1, "listening", null);
            Write(logs.CreateLogger("Microsoft.AspNetCore.Server.Kestrel"), LogLevel.Warning, 2, "slow", null);
        }

        Assert.Collection(Lines(),
            l => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z fail: ThreeOneOne\.Field\.Agent\.Uplink\[5103\] two lines System\.IO\.IOException: the disk is gone$", l),
            l => Assert.EndsWith("Z warn: Microsoft.AspNetCore.Server.Kestrel[2] slow", l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_terminal_that_stalls_holds_nobody_up_and_what_was_left_out_is_counted()
    {
        using var stalled = new StalledWriter(output);
        var logs = new AgentLogs(stalled, TimeProvider.System);
        var log = logs.CreateLogger("room");
        for (var i = 0; i < 4_000; i++) Write(log, LogLevel.Information, i, "line", null);
        stalled.Go();
        await Task.Run(logs.Dispose);

        var lines = Lines();
        var told = Assert.Single(lines, l => l.Contains("lines were left out", StringComparison.Ordinal));
        Assert.Contains($" {4_000 - (lines.Length - 1)} lines", told, StringComparison.Ordinal);
        Assert.InRange(lines.Length, 2_400, 2_600);
    }

    [Fact]
    public void A_full_disk_costs_a_line_and_not_the_program()
    {
        using var full = new FullOnceWriter(output);
        using (var logs = new AgentLogs(full, TimeProvider.System))
        {
            for (var i = 0; i < 3; i++) Write(logs.CreateLogger("room"), LogLevel.Information, i, $"line {i}", null);
        }

        Assert.Collection(Lines(),
            l => Assert.EndsWith("line 1", l, StringComparison.Ordinal),
            l => Assert.Contains("1 lines were left out", l, StringComparison.Ordinal),
            l => Assert.EndsWith("line 2", l, StringComparison.Ordinal));
    }

    private static void Write(ILogger log, LogLevel level, int id, string message, Exception? exception) =>
        log.Log(level, new EventId(id), message, exception, (m, _) => m);

    private string[] Lines() => output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private sealed class StalledWriter(StringWriter inner) : StringWriter
    {
        private readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Go() => go.SetResult();

        public override async Task WriteLineAsync(string? value)
        {
            await go.Task;
            await inner.WriteLineAsync(value);
        }
    }

    private sealed class FullOnceWriter(StringWriter inner) : StringWriter
    {
        private bool written;

        public override Task WriteLineAsync(string? value)
        {
            if (written) return inner.WriteLineAsync(value);
            written = true;
            throw new IOException("no space left on device");
        }
    }
}
