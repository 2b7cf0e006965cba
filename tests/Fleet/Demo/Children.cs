using System.Text.Json;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>All programs that the driver started, kept in a file beside the data.</summary>
public sealed class Children(string file)
{
    private readonly List<ChildProcess> _running = [];
    private readonly Lock _lock = new();

    /// <summary>Ends what a killed driver left behind.</summary>
    /// <returns>How many were still there.</returns>
    public int EndOrphans()
    {
        if (!File.Exists(file)) return 0;
        var ended = 0;
        foreach (var line in File.ReadAllLines(file))
        {
            try
            {
                var child = JsonSerializer.Deserialize<Entry>(line);
                if (child is { Pid: > 1 } && ChildProcess.KillIfStill(child.Pid, child.Started)) ended++;
            }
            catch (JsonException)
            {
                // A line torn by the kill names nobody.
            }
        }

        File.Delete(file);
        return ended;
    }

    public ChildProcess Start(string name, string log, IReadOnlyList<string> command)
    {
        var child = ChildProcess.Start(name, log, command);
        lock (_lock)
        {
            _running.Add(child);
            File.AppendAllText(file, JsonSerializer.Serialize(new Entry(child.Name, child.Id, child.Started)) + "\n");
        }

        return child;
    }

    /// <summary>The second Ctrl-C.</summary>
    public void KillAll()
    {
        lock (_lock)
        {
            foreach (var child in _running) child.KillTree();
        }
    }

    /// <summary>Everything has ended in order: nothing to find for the next driver.</summary>
    public void Forget() => File.Delete(file);

    private sealed record Entry(string Name, int Pid, long Started);
}
