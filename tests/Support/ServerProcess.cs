using System.Diagnostics;

namespace ThreeOneOne.Field.Support;

/// <summary>A server of a test as a child process, without root's rights, ended by its own process id.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 200;
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly Queue<string> output = new();

    private ServerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>The last lines that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (output) return string.Join('\n', output);
        }
    }

    /// <param name="program">Program on the PATH or in /usr/sbin.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="package">Debian package that a failed test should name.</param>
    public static ServerProcess Start(string program, IEnumerable<string> arguments, string package)
    {
        var path = Find(program) ?? throw new InvalidOperationException(
            $"these tests need {program}: install the Debian package {package} (apt-get install {package})");
        var user = UnprivilegedUser.Current;
        string[] drop = user is null ? [] : ["setpriv", $"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"];
        string[] command = [.. drop, path, .. arguments];
        return Run(command[0], command[1..]);
    }

    /// <summary>Runs a program of our own, with the rights of the test.</summary>
    public static ServerProcess Run(string program, IEnumerable<string> arguments)
    {
        // A server that gave up root may not be able to enter the folder that the tests run in.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        return new ServerProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>SIGTERM, then SIGKILL when it does not end.</summary>
    public async Task StopAsync()
    {
        if (process.HasExited) return;
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync().ConfigureAwait(false);
        using var late = new CancellationTokenSource(LongestStop);
        try
        {
            await process.WaitForExitAsync(late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await KillAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        process.Dispose();
    }

    // Debian keeps servers in /usr/sbin, which is not on a plain user's PATH.
    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (output)
        {
            output.Enqueue(line);
            if (output.Count > KeptLines) output.Dequeue();
        }
    }
}
