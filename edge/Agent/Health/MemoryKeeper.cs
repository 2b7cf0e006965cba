using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>
/// Gives memory back to the vehicle's computer. The collector sizes its youngest generation by the processor's cache and
/// glibc keeps what the compiler freed, so that a program which lives in 10 MB holds 50 MB after its start for ever.
/// </summary>
public static partial class MemoryKeeper
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(10);

    // About 10 ms of one core for a heap of this size.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    // Of malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int MaxArenas = -8;

    // The compressor takes half a megabyte at a time and gives it back at once.
    private const int LargeBytes = 64 * 1024;

    /// <summary>
    /// Lets every thread take native memory from one heap, where glibc gives each its own, with its own holes, and lets
    /// large pieces go back when they are freed, where glibc keeps ever larger ones. To be called before there are threads.
    /// </summary>
    public static void KeepNativeHeapSmall()
    {
        _ = SetNative(MaxArenas, 1);
        _ = SetNative(MapThreshold, LargeBytes);
        _ = SetNative(TrimThreshold, LargeBytes);
    }

    public static async Task RunAsync(TimeProvider time, CancellationToken stop)
    {
        var wait = AfterStart;
        while (true)
        {
            await Task.Delay(wait, time, stop).ConfigureAwait(false);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _ = TrimNative(0);
            wait = Interval;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetNative(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimNative(nint keepBytes);
}
