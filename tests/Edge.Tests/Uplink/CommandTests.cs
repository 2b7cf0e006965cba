using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DeviceClock clock = new(TimeProvider.System);
    private int runs;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_command_runs_at_most_once_also_after_a_restart()
    {
        var command = new Command { Id = "c1", Kind = "resend", Expires = clock.Now.AddMinutes(1) };
        var desk = Desk();
        desk.Take(command);
        desk.Take(command);
        Desk().Take(command);
        Assert.Equal(1, runs);
    }

    [Fact]
    public void An_expired_or_unknown_command_does_not_run()
    {
        Desk().Take(new Command { Id = "c1", Kind = "resend", Expires = clock.Now.AddSeconds(-1) });
        Desk().Take(new Command { Id = "c2", Kind = "explode", Expires = clock.Now.AddMinutes(1) });
        Assert.Equal(0, runs);
    }

    [Fact]
    public void A_command_that_could_not_be_noted_runs_when_it_comes_again()
    {
        var command = new Command { Id = "c1", Kind = "resend", Expires = clock.Now.AddMinutes(1) };
        var desk = Desk(Path.Combine("later", "commands.json"));
        Assert.ThrowsAny<IOException>(() => desk.Take(command));
        Directory.CreateDirectory(folder["later"]);
        desk.Take(command);
        Assert.Equal(1, runs);
    }

    private CommandDesk Desk(string file = "commands.json") => new(
        folder[file], clock, new Dictionary<string, Action<Command>> { ["resend"] = _ => runs++ }, NullLogger.Instance);
}
