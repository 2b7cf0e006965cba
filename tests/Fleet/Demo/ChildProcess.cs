using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>
/// A program that runs in a session and process group of its own, so that Ctrl-C reaches only the driver, and that writes
/// to a log file. Recorded by pid and start time: the next driver finds it when this one was killed.
/// </summary>
public sealed partial class ChildProcess : IDisposable
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    private readonly Process _process;

    private ChildProcess(Process process, string name, string log)
    {
        (_process, Name, Log, Id) = (process, name, log, process.Id);
        Started = StartTicks(Id) ?? 0;
    }

    public string Name { get; }

    /// <summary>Path of what it prints.</summary>
    public string Log { get; }

    public int Id { get; }

    /// <summary>Its start in clock ticks since boot, by the kernel.</summary>
    public long Started { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(string name, string log, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true };
        // The shell only points the output at the log; it becomes the program.
        foreach (var word in (string[])["sh", "-c", "exec \"$@\" >>\"$0\" 2>&1", log, .. command]) start.ArgumentList.Add(word);
        var process = Process.Start(start) ?? throw new InvalidDataException($"{name} could not be started");
        process.StandardInput.Close();
        return new ChildProcess(process, name, log);
    }

    /// <summary>Asks it to end; after the wait its whole group is killed.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        if (!_process.HasExited) _ = Kill(Id, SigTerm);
        try
        {
            using var limit = new CancellationTokenSource(patience);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            KillGroup();
        }
    }

    /// <summary>Pulls the plug, if it still runs.</summary>
    public void KillGroup() => KillIfStill(Id, Started);

    /// <summary>Kills its group and those of all that it started, as the hub starts a broker.</summary>
    public void KillTree()
    {
        if (StartTicks(Id) != Started) return;
        // Asked before the kill: afterwards nobody knows whose they were.
        List<int> tree = [Id];
        var parents = Parents();
        for (var i = 0; i < tree.Count; i++) tree.AddRange(parents.Where(p => p.Parent == tree[i]).Select(p => p.Pid));
        foreach (var pid in tree)
        {
            _ = Kill(-pid, SigKill);
            _ = Kill(pid, SigKill);
        }
    }

    public Task WaitForExitAsync(CancellationToken stop) => _process.WaitForExitAsync(stop);

    /// <summary>The last thing it said, for a message.</summary>
    public string LastWords() => File.Exists(Log)
        ? File.ReadLines(Log).LastOrDefault(l => l.Trim().Length > 0) ?? "it said nothing"
        : "it said nothing";

    public void Dispose() => _process.Dispose();

    /// <summary>Kills the group of a process that an earlier driver started, if it is still that one.</summary>
    public static bool KillIfStill(int pid, long started)
    {
        if (StartTicks(pid) != started) return false;
        _ = Kill(-pid, SigKill);
        // One that has only just begun leads no group yet.
        _ = Kill(pid, SigKill);
        return true;
    }

    private static long? StartTicks(int pid) => Stat(pid, 19);

    private static List<(int Pid, long Parent)> Parents() =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(n => int.TryParse(n, CultureInfo.InvariantCulture, out _))
            .Select(n => int.Parse(n!, CultureInfo.InvariantCulture))
            .Select(pid => (pid, Stat(pid, 1) ?? 0))];

    // A number of proc_pid_stat(5). The name in brackets may hold anything; fields are counted from behind it.
    private static long? Stat(int pid, int field)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
