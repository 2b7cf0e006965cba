using System.Text.Json;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>The commands that reached the vehicle, on disk: what makes a command that comes again one command.</summary>
internal sealed class CommandBook
{
    private const int Most = 500;

    private readonly string path;
    private List<TakenCommand> taken;

    public CommandBook(string path)
    {
        this.path = path;
        taken = Read(path);
    }

    /// <summary>Commands that were about to run when the program or the power went.</summary>
    public IReadOnlyList<TakenCommand> Unanswered => taken.FindAll(c => !c.Answered);

    public bool Knows(string id) => taken.Exists(c => c.Id == id);

    /// <summary>Writes a command down, in place of what was known of it; the oldest answered one makes room.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing has changed.</exception>
    public void Note(TakenCommand command)
    {
        var next = taken.FindAll(c => c.Id != command.Id);
        if (next.Count >= Most) next.RemoveAt(Math.Max(0, next.FindIndex(c => c.Answered)));
        next.Add(command);
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(next, CommandJson.Default.ListTakenCommand));
        taken = next;
    }

    private static List<TakenCommand> Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), CommandJson.Default.ListTakenCommand) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
