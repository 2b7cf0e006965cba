using System.Diagnostics;
using System.Text.Json;
using ThreeOneOne.Field.Bench.Ingest;

namespace ThreeOneOne.Field.Bench.Live;

/// <summary>Browsers in a process of their own, so that what they cost is not the hub's.</summary>
internal sealed class BrowserProcess : IAsyncDisposable
{
    private readonly Process process;

    private BrowserProcess(Process process) => this.process = process;

    /// <returns>Once every browser has its first snapshot.</returns>
    public static async Task<BrowserProcess> StartAsync(HubUnderTest hub, int browsers, CancellationToken stop)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(BrowserProcess).Assembly.Location, Browsers.Argument, hub.Client.BaseAddress!.ToString(), $"{browsers}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        // Not among the arguments, which everybody sees.
        start.Environment[Browsers.KeyVariable] = hub.Client.DefaultRequestHeaders.Authorization!.Parameter;
        var all = new BrowserProcess(Process.Start(start)!);
        await all.ReadAsync(stop).ConfigureAwait(false);
        return all;
    }

    public Task BeginAsync(CancellationToken stop) => process.StandardInput.WriteLineAsync("begin".AsMemory(), stop);

    public async Task<BrowserFigures> EndAsync(CancellationToken stop)
    {
        await process.StandardInput.WriteLineAsync("end".AsMemory(), stop).ConfigureAwait(false);
        return JsonSerializer.Deserialize<BrowserFigures>(await ReadAsync(stop).ConfigureAwait(false))!;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill();
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private async Task<string> ReadAsync(CancellationToken stop) =>
        await process.StandardOutput.ReadLineAsync(stop).ConfigureAwait(false) ?? throw new InvalidOperationException("the browsers ended");
}
