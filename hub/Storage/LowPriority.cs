using System.Globalization;
using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Puts a whole process behind all others on its machine. For a process of its own only: threads of the serving hub share its
/// locks and its garbage collector, and one that must wait for the processor would make the others wait for it.
/// </summary>
internal static partial class LowPriority
{
    private const int Nicest = 19;

    /// <summary>What cannot be lowered stays as it is; threads that come later do as the ones that make them.</summary>
    public static void TakeForProcess()
    {
        const int thread = 0;
        foreach (var path in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (uint.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id)) _ = SetPriority(thread, id, Nicest);
        }

        // Linux weighs sessions first and threads within them. A session that is this process's own, as a timer's is, goes behind too.
        if (SessionOf(0) == Environment.ProcessId) LowerSession();
    }

    private static void LowerSession()
    {
        try
        {
            File.WriteAllText("/proc/self/autogroup", Nicest.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // This system does not weigh sessions.
        }
    }

    [LibraryImport("libc", EntryPoint = "getsid")]
    private static partial int SessionOf(int process);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
