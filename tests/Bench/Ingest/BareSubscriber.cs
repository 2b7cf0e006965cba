using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>The yardstick: a C program on libmosquitto that does nothing but count (<c>bare_subscriber.c</c>).</summary>
internal sealed class BareSubscriber : IAsyncDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private bool disposed;

    private BareSubscriber(ServerProcess process, MemoryMappedFile file) => (Process, this.file, view) = (process, file, file.CreateViewAccessor());

    public ServerProcess Process { get; }

    public long Count => view.ReadInt64(0);

    /// <exception cref="InvalidOperationException">gcc is missing or refuses.</exception>
    public static string Compile(BenchContext context)
    {
        var program = Path.Combine(context.Scratch, "bare_subscriber");
        if (File.Exists(program)) return program;
        using var gcc = System.Diagnostics.Process.Start("gcc", ["-O2", "-Wall", "-o", program, Path.Combine(context.Root, "tests/Bench/Ingest/bare_subscriber.c"), "-l:libmosquitto.so.1"]);
        gcc.WaitForExit();
        return gcc.ExitCode == 0 ? program : throw new InvalidOperationException("the bare subscriber needs gcc: apt-get install gcc libc6-dev libmosquitto1");
    }

    public static async Task<BareSubscriber> StartAsync(BenchContext context, int port)
    {
        var program = Compile(context);
        var path = Path.Combine(context.Scratch, "bare-count");
        await File.WriteAllBytesAsync(path, new byte[8]).ConfigureAwait(false);
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        return new BareSubscriber(ServerProcess.Run(program, [$"{port}", Wire.Topic.AllUp, path]), file);
    }

    /// <summary>Messages a second while the middle eight tenths of a backlog come in.</summary>
    public double DrainRate(int most, CancellationToken stop)
    {
        var first = Math.Max(1, most / 8);
        SpinUntil(first, stop);
        var began = Stopwatch.GetTimestamp();
        SpinUntil(first + most, stop);
        return most / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Waits until nothing new has come for a while.</summary>
    public async Task<long> SettledAsync(CancellationToken stop)
    {
        var (count, since) = (Count, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(1))
        {
            await Task.Delay(50, stop).ConfigureAwait(false);
            if (Count != count) (count, since) = (Count, Stopwatch.GetTimestamp());
        }

        return count;
    }

    private void SpinUntil(long count, CancellationToken stop)
    {
        var late = Stopwatch.GetTimestamp() + 60 * Stopwatch.Frequency;
        while (Count < count && Stopwatch.GetTimestamp() < late) stop.WaitHandle.WaitOne(1);
        if (Count < count) throw new InvalidOperationException($"only {Count} of {count} messages came");
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await Process.KillAsync().ConfigureAwait(false);
        await Process.DisposeAsync().ConfigureAwait(false);
        view.Dispose();
        file.Dispose();
    }
}
