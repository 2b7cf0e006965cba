using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Signals, which .NET can receive and not send, and what identifies a process beyond its reusable id.</summary>
internal static partial class Posix
{
    public const int HangUp = 1;
    public const int Kill = 9;
    public const int Terminate = 15;

    private const int StartTimeField = 22;

    public static void Signal(int pid, int signal) => _ = SendSignal(pid, signal);

    /// <summary>False for another user's process, and for none.</summary>
    public static bool MaySignal(int pid) => SendSignal(pid, 0) == 0;

    /// <summary>A process's command line; empty when there is none.</summary>
    public static string[] Arguments(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").TrimEnd('\0').Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>When a process began, in clock ticks since boot (<c>/proc/PID/stat</c>); null when there is none.</summary>
    public static long? StartTicks(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The second field is the program's name in brackets and may hold anything.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : long.Parse(fields[StartTimeField - 3], null);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
