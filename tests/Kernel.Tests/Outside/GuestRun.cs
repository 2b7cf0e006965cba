using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Kernel.Tests.Outside;

/// <summary>A guest that runs a script of tests/Kernel; what it says, line by line.</summary>
internal sealed class GuestRun : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Process boot;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource late;
    private int pid;

    private GuestRun(Process boot, TimeSpan longest)
    {
        this.boot = boot;
        late = new CancellationTokenSource(longest);
        boot.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null) lines.Writer.TryComplete();
            else lines.Writer.TryWrite(e.Data.TrimEnd('\r'));
        };
        boot.BeginOutputReadLine();
    }

    /// <summary>Boots.</summary>
    /// <param name="script">Name of the script in tests/Kernel.</param>
    /// <param name="disk">File that is the guest's disk.</param>
    /// <param name="longer">How much longer than usual it may take.</param>
    /// <param name="environment">What the script is told.</param>
    public static GuestRun Start(string script, string disk, TimeSpan longer, params (string Name, string Value)[] environment)
    {
        var room = Path.Combine(Repository.Root, "tests", "Kernel");
        string[] arguments =
        [
            Path.Combine(room, "boot.sh"), "--memory", "512M", "--disk", disk, Path.Combine(room, script),
            $"DOTNET={Environment.GetEnvironmentVariable("FIELD_GUEST_DOTNET")}", $"TESTS=/run/host{Environment.GetEnvironmentVariable("FIELD_GUEST_TESTS")}", .. environment.Select(e => $"{e.Name}={e.Value}"),
        ];
        return new GuestRun(Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true })!, Longest + longer);
    }

    /// <summary>The next line; null when the guest has ended.</summary>
    public async Task<string?> NextAsync()
    {
        while (await lines.Reader.WaitToReadAsync(late.Token))
        {
            if (!lines.Reader.TryRead(out var line)) continue;
            if (line.StartsWith("GUEST_PID=", StringComparison.Ordinal)) pid = int.Parse(line["GUEST_PID=".Length..], CultureInfo.InvariantCulture);
            else return line;
        }

        return null;
    }

    /// <summary>Cuts its power.</summary>
    public void Cut()
    {
        using var guest = Process.GetProcessById(pid);
        guest.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        if (!boot.HasExited && pid != 0)
        {
            try
            {
                Cut();
            }
            catch (ArgumentException)
            {
                // It is off.
            }
        }

        using var soon = new CancellationTokenSource(Longest);
        await boot.WaitForExitAsync(soon.Token);
        boot.Dispose();
        late.Dispose();
    }
}
