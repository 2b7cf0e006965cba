using System.Globalization;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>The commands by which a city's IT looks after a vehicle that it cannot walk to.</summary>
/// <param name="logs">The log's lines; null when nobody keeps them.</param>
/// <param name="capture">Raw readings.</param>
/// <param name="wipe">The last command.</param>
/// <param name="files">Takes what is made to the hub.</param>
/// <param name="clock">What "the last hours" are.</param>
/// <param name="about">First lines of a bundle: how the vehicle is.</param>
/// <param name="restart">Ends the program so that it is started again.</param>
public sealed class CareDesk(
    LogKeeper? logs, RawCapture capture, WipeKeeper wipe, AttachmentStore files, DeviceClock clock, Func<IEnumerable<string>> about, Action restart)
{
    private const int MostHours = 168;

    /// <summary>What each of them does, by kind.</summary>
    public IReadOnlyDictionary<string, Func<Command, CancellationToken, Task<CommandAnswer>>> Commands => new Dictionary<string, Func<Command, CancellationToken, Task<CommandAnswer>>>
    {
        ["logs"] = (c, _) => Task.FromResult(SendLogs(Number(c, "hours", 24, MostHours))),
        ["capture"] = CaptureAsync,
        ["restart"] = (_, _) => Task.FromResult(new CommandAnswer("the program ends and is started again", Afterwards: restart)),
        ["wipe"] = (c, _) =>
        {
            wipe.Order(c.Id, c.Arguments?.GetValueOrDefault("seconds"));
            return Task.FromResult(CommandAnswer.Later);
        },
    };

    private CommandAnswer SendLogs(int hours)
    {
        if (logs is null) throw new InvalidOperationException("this program keeps no log");
        var (gzip, lines) = LogText.Pack(about(), logs.Lines, clock.Now.AddHours(-hours));
        return new CommandAnswer($"{lines} lines, {gzip.Length} bytes", files.SaveBundle(gzip));
    }

    private async Task<CommandAnswer> CaptureAsync(Command command, CancellationToken stop)
    {
        var seconds = Number(command, "seconds", 60, RawCapture.MostSeconds);
        if (command.Arguments?.GetValueOrDefault("only") == "size") return new CommandAnswer($"about {capture.Estimate(seconds)} bytes for {seconds} s");
        var (gzip, says) = await capture.TakeAsync(seconds, stop).ConfigureAwait(false);
        return new CommandAnswer(says, files.SaveBundle(gzip));
    }

    private static int Number(Command command, string name, int usual, int most)
    {
        if (command.Arguments?.GetValueOrDefault(name) is not { } text) return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new FormatException($"{name} = '{text}': expected 1 to {most}");
    }
}
