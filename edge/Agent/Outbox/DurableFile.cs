using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Files that are whole after a power cut: written beside, fsynced, renamed, and the folder fsynced.</summary>
public static partial class DurableFile
{
    /// <summary>Ending of a file that is not whole yet; a power cut may leave one.</summary>
    public const string Unfinished = ".new";

    /// <summary>Replaces a file so that a reader finds the old bytes or the new ones, never a part.</summary>
    /// <exception cref="IOException">The disk did not take it; the old file is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes) => Replace(path, bytes, null);

    /// <summary>Replaces a file that is made with this mode: nobody else sees it meanwhile.</summary>
    /// <exception cref="IOException">The disk did not take it; the old file is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode)
    {
        var beside = path + Unfinished;
        if (mode is { } only)
        {
            File.Delete(beside);
            new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = only }).Dispose();
        }

        using (var file = File.OpenHandle(beside, mode is null ? FileMode.Create : FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(beside, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes a folder, and its own name durable, with those above it that were missing too.</summary>
    public static void CreateFolder(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (Directory.Exists(folder)) return;
        var above = Path.GetDirectoryName(folder)!;
        CreateFolder(above);
        Directory.CreateDirectory(folder);
        SyncFolder(above);
    }

    /// <summary>Makes the bytes of a file durable, and of its description only what is needed to read them.</summary>
    public static void SyncData(SafeFileHandle file)
    {
        if (SyncData((SafeHandle)file) != 0) throw new IOException($"cannot sync: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>Number of a file in its file system: another one for a copy; 0 when it cannot be told.</summary>
    public static ulong FileNumber(string path)
    {
        const int CurrentFolder = -100; // AT_FDCWD
        const uint Number = 0x100; // STATX_INO
        Span<byte> answer = stackalloc byte[256]; // struct statx, of one shape on every processor
        return Statx(CurrentFolder, path, 0, Number, ref answer[0]) == 0 ? BinaryPrimitives.ReadUInt64LittleEndian(answer[32..]) : 0;
    }

    /// <summary>Makes the names in a folder durable.</summary>
    public static void SyncFolder(string folder)
    {
        const int ReadOnlyFolder = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC; O_RDONLY is 0
        const int ReadOnlyFolderArm = 0x4000 | 0x80000;
        var arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;
        var descriptor = Open(folder, arm ? ReadOnlyFolderArm : ReadOnlyFolder);
        if (descriptor < 0) throw new IOException($"cannot open {folder}: error {Marshal.GetLastPInvokeError()}");
        try
        {
            if (Sync(descriptor) != 0) throw new IOException($"cannot sync {folder}: error {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte answer);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncData(SafeHandle descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
