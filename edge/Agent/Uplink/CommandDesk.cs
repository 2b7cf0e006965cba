using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Runs commands at most once and never after they expire. The id is on disk before the command runs: a power cut in
/// between means that it did not run.
/// </summary>
public sealed class CommandDesk
{
    private readonly string path;
    private readonly DeviceClock clock;
    private readonly IReadOnlyDictionary<string, Action<Command>> known;
    private readonly ILogger log;
    private readonly Dictionary<string, DateTimeOffset> seen;

    /// <param name="path">File of the ids that were run.</param>
    /// <param name="clock">Says what has expired.</param>
    /// <param name="known">What each kind does.</param>
    /// <param name="log">Told of every command.</param>
    public CommandDesk(string path, DeviceClock clock, IReadOnlyDictionary<string, Action<Command>> known, ILogger log)
    {
        this.path = path;
        this.clock = clock;
        this.known = known;
        this.log = log;
        seen = Read(path);
    }

    /// <exception cref="IOException">The id could not be written; the command is not run.</exception>
    public void Take(Command command)
    {
        var now = clock.Now;
        if (command.Expires <= now) log.CommandIgnored(command.Id, "it has expired");
        else if (seen.ContainsKey(command.Id)) log.CommandIgnored(command.Id, "it has been run");
        else if (!known.TryGetValue(command.Kind, out var run)) log.CommandIgnored(command.Id, $"unknown kind {command.Kind}");
        else
        {
            foreach (var (id, expires) in seen)
            {
                if (expires <= now) seen.Remove(id);
            }

            var noted = new Dictionary<string, DateTimeOffset>(seen) { [command.Id] = command.Expires };
            DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(noted, CommandJson.Default.DictionaryStringDateTimeOffset));
            seen.Add(command.Id, command.Expires);
            log.CommandTaken(command.Kind, command.Id);
            run(command);
        }
    }

    private static Dictionary<string, DateTimeOffset> Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), CommandJson.Default.DictionaryStringDateTimeOffset) ?? []
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
