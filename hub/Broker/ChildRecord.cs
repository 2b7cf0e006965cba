using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>
/// The broker that was started last, in <c>broker/child.json</c>: after a <c>kill -9</c> of the hub its child lives on, and
/// the next start ends it. Process ids are used again, so the start time must match too.
/// </summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">When it began, in clock ticks since boot.</param>
/// <param name="Port">The port it listened on, to be kept.</param>
internal sealed record ChildRecord(int Pid, long StartTicks, int Port)
{
    private static readonly TimeSpan LongestSaving = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>True while that very process runs.</summary>
    public bool IsAlive => Posix.StartTicks(Pid) == StartTicks;

    public static ChildRecord? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<ChildRecord>(File.ReadAllText(file)) : null;
        }
        catch (JsonException)
        {
            // Cut off by a power failure: nothing of that boot runs any more.
            return null;
        }
    }

    /// <summary>
    /// Brokers that run by this hub's configuration, whatever the file says: a hub killed between the start of its child
    /// and the note of it leaves one that nobody wrote down, and it holds the port.
    /// </summary>
    /// <param name="configuration">Path of the configuration that the child was started with.</param>
    /// <param name="port">The port that it listens on.</param>
    public static IEnumerable<ChildRecord> Running(string configuration, int port)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var pid) || pid == Environment.ProcessId) continue;
            if (Posix.Arguments(pid) is [.., "-c", var given] && given == configuration && Posix.MaySignal(pid) && Posix.StartTicks(pid) is { } ticks)
                yield return new ChildRecord(pid, ticks, port);
        }
    }

    public void Write(string file)
    {
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this));
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>SIGTERM, so that it saves its queues, then SIGKILL.</summary>
    public async Task EndAsync(TimeProvider time, CancellationToken cancel)
    {
        if (!IsAlive) return;
        Posix.Signal(Pid, Posix.Terminate);
        var began = time.GetTimestamp();
        while (IsAlive)
        {
            if (time.GetElapsedTime(began) > LongestSaving) Posix.Signal(Pid, Posix.Kill);
            await Task.Delay(BetweenLooks, time, cancel).ConfigureAwait(false);
        }
    }
}
