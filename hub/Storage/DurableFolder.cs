using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Makes the names in a folder durable: without it a power cut may lose a file whose bytes are on the disk.</summary>
public static partial class DurableFolder
{
    /// <summary>Makes a folder, and its own name durable.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder)) return;
        Directory.CreateDirectory(folder);
        Sync(Path.GetDirectoryName(Path.GetFullPath(folder))!);
    }

    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void Sync(string folder)
    {
        const int Directory = 0x10000;
        const int DirectoryArm = 0x4000;
        const int CloseOnExec = 0x80000;
        var arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;
        var descriptor = Open(folder, CloseOnExec | (arm ? DirectoryArm : Directory));
        if (descriptor < 0) throw new IOException($"cannot open {folder}: error {Marshal.GetLastPInvokeError()}");
        try
        {
            if (Fsync(descriptor) != 0) throw new IOException($"cannot sync {folder}: error {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
