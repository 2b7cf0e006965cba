namespace ThreeOneOne.Field.Support;

/// <summary>A program that is started again whenever it ends, as a service manager does with <c>Restart=always</c>.</summary>
public sealed class SupervisedProcess : IAsyncDisposable
{
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private readonly Func<ServerProcess> start;
    private readonly List<string> earlier = [];
    private ServerProcess process;
    private int starts = 1;

    public SupervisedProcess(string program, IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        start = () => ServerProcess.Run(program, all);
        process = start();
        running = KeepAsync();
    }

    public int Starts => Volatile.Read(ref starts);

    /// <summary>What all of them wrote.</summary>
    public string Output
    {
        get
        {
            lock (earlier) return string.Join("\n", [.. earlier, process.Output]);
        }
    }

    /// <summary>As a power cut does to a program: kill -9.</summary>
    public async Task KillAsync()
    {
        ServerProcess victim;
        lock (earlier) victim = process;
        await victim.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        await process.KillAsync();
        await process.DisposeAsync();
        stop.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(BetweenStarts, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || !process.HasExited) continue;
            var ended = process;
            lock (earlier)
            {
                earlier.Add(ended.Output);
                process = start();
            }

            await ended.DisposeAsync();
            Interlocked.Increment(ref starts);
        }
    }
}
