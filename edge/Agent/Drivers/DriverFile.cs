using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Agent.Drivers;

/// <summary>Waits for a driver's file with an end, which managed code cannot.</summary>
internal static partial class DriverFile
{
    private const short PollIn = 1;
    private const int Interrupted = 4;

    /// <summary>Waits until there is something to read, at most so long.</summary>
    public static DriverWait Wait(SafeFileHandle file, TimeSpan longest)
    {
        var wait = new PollFile { Descriptor = (int)file.DangerousGetHandle(), Wanted = PollIn };
        if (Poll(ref wait, 1, (int)longest.TotalMilliseconds) < 0) return Marshal.GetLastPInvokeError() == Interrupted ? DriverWait.Nothing : DriverWait.Gone;
        return (wait.Got & PollIn) != 0 ? DriverWait.Ready : wait.Got == 0 ? DriverWait.Nothing : DriverWait.Gone;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollFile files, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int Descriptor;
        public short Wanted;
        public short Got;
    }
}
