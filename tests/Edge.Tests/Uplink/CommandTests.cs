using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Edge.Tests.Clock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class CommandTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly BoardTime board = new(Now);
    private DiskOutbox outbox = null!;
    private readonly TaskCompletionSource slow = new();
    private int runs;
    private int? after;

    public Task InitializeAsync()
    {
        outbox = DiskOutbox.Open(folder["outbox"], new OutboxOptions { GroupSeconds = 0.02 }, NullLogger.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await outbox.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_command_runs_once_and_has_one_result_also_after_a_restart()
    {
        var desk = Desk();
        await desk.TakeAsync(Resend("c1"), default);
        await desk.TakeAsync(Resend("c1"), default);
        var restarted = Desk();
        await restarted.RecoverAsync(default);
        await restarted.TakeAsync(Resend("c1"), default);
        Assert.Equal(1, runs);
        Assert.Equal(new CommandResult("c1", CommandOutcome.Done, "said 1"), Assert.Single(Results()));
    }

    [Fact]
    public async Task What_is_expired_unknown_or_fails_is_answered_and_does_not_run()
    {
        var desk = Desk();
        await desk.TakeAsync(Resend("c1") with { Expires = Now.AddSeconds(-1) }, default);
        await desk.TakeAsync(Resend("c2") with { Kind = "explode" }, default);
        await desk.TakeAsync(Resend("c3") with { Kind = "break" }, default);
        // Long after: still the same commands.
        board.Pass(TimeSpan.FromDays(2));
        await desk.TakeAsync(Resend("c3") with { Kind = "break" }, default);
        Assert.Equal(0, runs);
        Assert.Equal(
            [CommandOutcome.Expired, CommandOutcome.NotKnown, CommandOutcome.Failed],
            Results().Select(r => r.Outcome));
        Assert.Equal("it broke", Results()[2].Detail);
    }

    [Theory]
    [InlineData(1970)]
    [InlineData(2048)]
    public async Task With_a_clock_that_nobody_set_a_command_is_refused_with_the_reason(int year)
    {
        board.Wall = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Desk().TakeAsync(Resend("c1") with { Expires = new DateTimeOffset(2060, 1, 1, 0, 0, 0, TimeSpan.Zero) }, default);
        Assert.Equal(0, runs);
        Assert.Contains("does not know the time", Assert.Single(Results()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_while_it_runs_is_said_and_it_does_not_run_again()
    {
        // The desk wrote the id down and began; what the disk held at that moment is what a power cut leaves.
        var desk = Desk(new Dictionary<string, Func<Command, string?>>
        {
            ["resend"] = _ =>
            {
                File.Copy(folder["commands.json"], folder["cut.json"]);
                return null;
            },
        });
        await desk.TakeAsync(Resend("c1"), default);
        await outbox.DisposeAsync();
        outbox = DiskOutbox.Open(folder["cut-outbox"], new OutboxOptions { GroupSeconds = 0.02 }, NullLogger.Instance);

        var restarted = Desk(file: "cut.json");
        await restarted.RecoverAsync(default);
        await restarted.TakeAsync(Resend("c1"), default);
        await Desk(file: "cut.json").RecoverAsync(default);
        Assert.Equal(0, runs);
        var result = Assert.Single(Results());
        Assert.Equal(CommandOutcome.Failed, result.Outcome);
        Assert.Contains("stopped while it ran", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_after_the_result_does_not_add_another()
    {
        await Desk().TakeAsync(Resend("c1"), default);
        await File.WriteAllTextAsync(folder["commands.json"], """[{"id":"c1","expires":"2026-11-20T13:01:00Z","answered":false}]""");
        await Desk().RecoverAsync(default);
        Assert.Equal(CommandOutcome.Done, Assert.Single(Results()).Outcome);
    }

    [Fact]
    public async Task A_command_that_could_not_be_noted_runs_when_it_comes_again()
    {
        var desk = Desk(file: Path.Combine("later", "commands.json"));
        await Assert.ThrowsAnyAsync<IOException>(() => desk.TakeAsync(Resend("c1"), default).AsTask());
        Assert.Equal(0, runs);
        Directory.CreateDirectory(folder["later"]);
        await desk.TakeAsync(Resend("c1"), default);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_slow_command_runs_beside_others_and_is_answered_before_what_comes_after_it()
    {
        var desk = Desk();
        await desk.TakeAsync(Resend("c1") with { Kind = "slow" }, default);
        await desk.TakeAsync(Resend("c2"), default);
        Assert.Equal(["c2"], Results().Select(r => r.Id));
        slow.SetResult();
        await Support.Eventually.TrueAsync(() => after is not null, "what comes after it is done");
        Assert.Equal(2, after);
        Assert.Contains(new CommandResult("c1", CommandOutcome.Done, "at last"), Results());
    }

    [Fact]
    public async Task Not_more_than_four_run_at_once_and_one_that_goes_on_after_a_restart_is_not_called_stopped()
    {
        var desk = Desk();
        for (var i = 0; i < 5; i++) await desk.TakeAsync(Resend($"s{i}") with { Kind = "slow" }, default);
        Assert.Contains("too many", Assert.Single(Results()).Detail, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["other.json"], """[{"id":"goes-on","expires":"2026-11-20T13:01:00Z","answered":false}]""");
        await Desk(file: "other.json").RecoverAsync(default);
        Assert.Single(Results());
    }

    private List<CommandResult> Results() => [.. outbox.Waiting(k => k == RecordKind.Result).Select(w => w.Record.Result!)];

    private static Command Resend(string id) => new() { Id = id, Kind = "resend", Expires = Now.AddMinutes(1) };

    private CommandDesk Desk(IReadOnlyDictionary<string, Func<Command, string?>>? known = null, string file = "commands.json") => new(
        folder[file],
        new DeviceClock(board, boot: "0a1b2c3d", options: new ClockOptions { SynchronizedFile = "" }, built: Now.AddDays(-10)),
        outbox,
        known ?? new Dictionary<string, Func<Command, string?>>
        {
            ["resend"] = _ => $"said {++runs}",
            ["break"] = _ => throw new InvalidOperationException("it broke"),
        },
        new Dictionary<string, Func<Command, CancellationToken, Task<CommandAnswer>>>
        {
            ["slow"] = async (_, stop) =>
            {
                await slow.Task.WaitAsync(stop);
                runs++;
                return new CommandAnswer("at last", Afterwards: () => after = Results().Count);
            },
        },
        id => id == "goes-on",
        NullLogger.Instance);
}
