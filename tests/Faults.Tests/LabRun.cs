using System.Diagnostics;

namespace ThreeOneOne.Field.Faults.Tests;

/// <summary>One run of <c>tests/faults.sh</c>, the way a person starts it.</summary>
internal sealed record LabRun(int ExitCode, string Output)
{
    public string LastLine => Output.Trim().Split('\n')[^1];

    public static async Task<LabRun> OfAsync(TimeSpan within, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Support.Repository.Root, "tests", "faults.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start");
        using var late = new CancellationTokenSource(within);
        var output = process.StandardOutput.ReadToEndAsync(late.Token);
        var errors = process.StandardError.ReadToEndAsync(late.Token);
        try
        {
            await process.WaitForExitAsync(late.Token);
            return new LabRun(process.ExitCode, await errors + "\n" + await output);
        }
        catch (OperationCanceledException)
        {
            // The script and all that it started: they are in no group of ours.
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
