using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Runs commands at most once and never after they expire, and appends one result for each. The id is on disk before the
/// command runs; a crash from there to the result means that it may have run, that it never runs again, and that its
/// result says so.
/// </summary>
/// <param name="path">File of the commands that came.</param>
/// <param name="clock">Says what has expired.</param>
/// <param name="outbox">Carries the results.</param>
/// <param name="known">What each kind does; returns what to tell, null for nothing.</param>
/// <param name="slow">Those that take their time: they run beside what else comes from the hub.</param>
/// <param name="goesOn">True for a command that is still carried out, over a restart: its result comes later.</param>
/// <param name="log">Told of every command.</param>
public sealed class CommandDesk(
    string path, DeviceClock clock, DiskOutbox outbox, IReadOnlyDictionary<string, Func<Command, string?>> known,
    IReadOnlyDictionary<string, Func<Command, CancellationToken, Task<CommandAnswer>>> slow, Func<string, bool> goesOn, ILogger log)
{
    private const int MostAtOnce = 4;

    private readonly Lock noting = new();
    private int running;


    private readonly CommandBook book = new(path);

    /// <summary>Answers what a crash left without a result. Once, before the first command is taken.</summary>
    public async ValueTask RecoverAsync(CancellationToken stop)
    {
        foreach (var command in book.Unanswered)
        {
            // Its result may have become durable just before the crash.
            if (!goesOn(command.Id) && !outbox.Waiting(k => k == RecordKind.Result).Any(w => w.Record.Result!.Id == command.Id))
                await AppendAsync(new CommandResult(command.Id, CommandOutcome.Failed, "the vehicle stopped while it ran; it is not run again"), stop).ConfigureAwait(false);
            book.Note(command with { Answered = true });
        }
    }

    /// <exception cref="IOException">The id could not be written; the command is not run, and may come again.</exception>
    public async ValueTask TakeAsync(Command command, CancellationToken stop)
    {
        if (book.Knows(command.Id))
        {
            log.CommandIgnored(command.Id, "it has been taken");
            return;
        }

        var result = Refusal(command);
        if (result is null)
        {
            Note(new TakenCommand(command.Id, command.Expires, Answered: false));
            log.CommandTaken(command.Kind, command.Id);
            if (slow.TryGetValue(command.Kind, out var act))
            {
                Interlocked.Increment(ref running);
                _ = Task.Run(() => RunSlowAsync(command, act, stop), CancellationToken.None);
                return;
            }

            result = Run(command);
        }
        else
        {
            log.CommandIgnored(command.Id, result.Detail ?? result.Outcome.ToString());
        }

        await AppendAsync(result, stop).ConfigureAwait(false);
        Note(new TakenCommand(command.Id, command.Expires, Answered: true));
    }

    [SuppressMessage("Design", "CA1031", Justification = "A command that throws has failed, and says so.")]
    private async Task RunSlowAsync(Command command, Func<Command, CancellationToken, Task<CommandAnswer>> act, CancellationToken stop)
    {
        try
        {
            CommandResult result;
            Action? afterwards = null;
            try
            {
                var answer = await act(command, stop).ConfigureAwait(false);
                (result, afterwards) = (new CommandResult(command.Id, CommandOutcome.Done, answer.Detail, answer.File), answer.Afterwards);
                if (answer == CommandAnswer.Later)
                {
                    Note(new TakenCommand(command.Id, command.Expires, Answered: true));
                    return;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The next start says that it was stopped.
                return;
            }
            catch (Exception e)
            {
                result = new CommandResult(command.Id, CommandOutcome.Failed, e.Message);
            }

            await AppendAsync(result, stop).ConfigureAwait(false);
            Note(new TakenCommand(command.Id, command.Expires, Answered: true));
            afterwards?.Invoke();
        }
        catch (Exception e)
        {
            log.CommandIgnored(command.Id, $"its result could not be kept: {e.Message}");
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private void Note(TakenCommand command)
    {
        lock (noting) book.Note(command);
    }

    private CommandResult? Refusal(Command command) =>
        clock.Source == ClockSource.Unset ? new CommandResult(command.Id, CommandOutcome.Failed, "the vehicle does not know the time, so it cannot tell whether the command has expired")
        : command.Expires <= clock.Now ? new CommandResult(command.Id, CommandOutcome.Expired, $"it came at {clock.Now:O}")
        : slow.ContainsKey(command.Kind) && Volatile.Read(ref running) >= MostAtOnce ? new CommandResult(command.Id, CommandOutcome.Failed, "too many commands run at once; give it again later")
        : !known.ContainsKey(command.Kind) && !slow.ContainsKey(command.Kind) ? new CommandResult(command.Id, CommandOutcome.NotKnown, $"this vehicle knows no command {command.Kind}")
        : null;

    [SuppressMessage("Design", "CA1031", Justification = "A command that throws has failed, and says so; the downlink goes on.")]
    private CommandResult Run(Command command)
    {
        try
        {
            return new CommandResult(command.Id, CommandOutcome.Done, known[command.Kind](command));
        }
        catch (Exception e)
        {
            return new CommandResult(command.Id, CommandOutcome.Failed, e.Message);
        }
    }

    private async ValueTask AppendAsync(CommandResult result, CancellationToken stop)
    {
        try
        {
            await outbox.AppendDurableAsync(new WireRecord { Seq = 0, Stamp = clock.StampNow(), Result = result }, RecordPriority.Fault, stop).ConfigureAwait(false);
        }
        catch (OutboxException)
        {
            // The outbox keeps it in memory and tries again; a crash before says that the command may have run.
        }
    }
}
