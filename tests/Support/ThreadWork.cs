using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Support;

/// <summary>Time that this thread worked, without that in which others had the processor.</summary>
public static partial class ThreadWork
{
    private const int ThreadClock = 3;

    /// <summary>Runs it on this thread.</summary>
    /// <returns>Its work.</returns>
    public static TimeSpan Of(Action run)
    {
        var before = Now();
        run();
        return Now() - before;
    }

    private static TimeSpan Now()
    {
        if (ClockGetTime(ThreadClock, out var at) != 0) throw new InvalidOperationException("the kernel does not say how long a thread worked");
        return TimeSpan.FromSeconds(at.Seconds) + TimeSpan.FromMicroseconds(at.Nanoseconds / 1_000.0);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
