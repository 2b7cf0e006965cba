using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Support;

/// <summary>
/// One run of <c>hub/demo.sh</c>, the way a person starts it: set-up, hub, broker, fleet and all. Ended in order when
/// disposed.
/// </summary>
public sealed partial class DemoRun : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigKill = 9;

    private readonly Process process;
    private readonly List<string> output = [];
    private readonly List<string> errors = [];
    private readonly TaskCompletionSource<Uri> link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DemoRun(Process process, string folder)
    {
        this.process = process;
        Folder = folder;
        process.OutputDataReceived += (_, e) => Take(e.Data, output);
        process.ErrorDataReceived += (_, e) => Take(e.Data, errors);
        process.Exited += (_, _) => link.TrySetException(new InvalidOperationException("the demo ended before it was live: " + Log));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its data folder.</summary>
    public string Folder { get; }

    public int ProcessId => process.Id;

    /// <summary>All that it printed so far, for a failed test's message.</summary>
    public string Log
    {
        get
        {
            lock (output) return string.Join('\n', errors.TakeLast(60).Concat(["--"]).Concat(output.TakeLast(60)));
        }
    }

    /// <summary>Starts the demo on a free port of this machine.</summary>
    /// <param name="folder">Data folder; a start in a used one goes on with its data.</param>
    /// <param name="arguments">More arguments of the script.</param>
    public static DemoRun Start(string folder, params string[] arguments) => Start(folder, FreePort.Next(), arguments);

    /// <inheritdoc cref="Start(string, string[])"/>
    public static DemoRun Start(string folder, int port, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] all = [Path.Combine(Repository.Root, "hub", "demo.sh"), "--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture), .. arguments];
        foreach (var argument in all) start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Start();
        process.StandardInput.Close();
        return new DemoRun(process, folder);
    }

    /// <summary>A new folder that the demo's own user may enter.</summary>
    public static string NewFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), "field-demo-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return folder;
    }

    /// <summary>Waits until the feed is live.</summary>
    /// <returns>The one-time sign-in link that the demo printed.</returns>
    public Task<Uri> SignInLinkAsync(TimeSpan longest) => link.Task.WaitAsync(longest);

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> EndAsync(TimeSpan longest)
    {
        using var cancel = new CancellationTokenSource(longest);
        await process.WaitForExitAsync(cancel.Token).ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>The figures: the last line of its output.</summary>
    public JsonElement Figures()
    {
        lock (output)
        {
            using var json = JsonDocument.Parse(output[^1]);
            return json.RootElement.Clone();
        }
    }

    /// <summary>Presses Ctrl-C.</summary>
    public void Interrupt() => _ = Kill(process.Id, SigInt);

    /// <summary>Pulls the plug of one of its processes.</summary>
    public static void KillHard(int pid) => _ = Kill(pid, SigKill);

    /// <summary>Processes whose command line names this run's folder, by id.</summary>
    public IReadOnlyDictionary<int, string> Processes()
    {
        var found = new Dictionary<int, string>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var pid) || pid == Environment.ProcessId) continue;
            try
            {
                var line = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
                if (line.Contains(Folder, StringComparison.Ordinal)) found[pid] = line;
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
            catch (UnauthorizedAccessException)
            {
                // Another user's process, and so not ours.
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Interrupt();
            try
            {
                await EndAsync(TimeSpan.FromMinutes(2)).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                foreach (var pid in Processes().Keys) KillHard(pid);
                KillHard(process.Id);
            }
        }

        process.Dispose();
    }

    private void Take(string? line, List<string> to)
    {
        if (line is null) return;
        lock (output) to.Add(line);
        if (SignInLink().Match(line) is { Success: true } match) link.TrySetResult(new Uri(match.Value));
    }

    [GeneratedRegex(@"http://localhost:\d+/sign-in#\S+")]
    private static partial Regex SignInLink();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
