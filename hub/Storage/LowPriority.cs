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
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
