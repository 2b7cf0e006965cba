using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>
/// A place to write and a count of what reached the device. As root an ext4 file system of its own on a loop device, whose
/// counter has the journal in it; else the scratch folder and the process's <c>write_bytes</c>, which has not.
/// </summary>
internal sealed partial class WornDisk : IDisposable
{
    private const long Megabytes = 512;

    private readonly string? device;
    private SafeHandle? root;

    private WornDisk(string folder, string? device)
    {
        Folder = folder;
        this.device = device;
        What = device is null ? "write_bytes of the process: without the file system's journal" : "sectors written to a loop device with ext4, its journal included";
    }

    public string Folder { get; }

    public string What { get; }

    public static WornDisk Open(string scratch)
    {
        var image = Path.Combine(scratch, "disk.img");
        var mount = Directory.CreateDirectory(Path.Combine(scratch, "disk")).FullName;
        if (!Environment.IsPrivilegedProcess) return new WornDisk(mount, null);
        using (var file = File.Create(image)) file.SetLength(Megabytes * 1024 * 1024);
        if (!Run("mkfs.ext4", "-q", "-F", "-b", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0", image) || !Run("mount", "-o", "loop", image, mount))
            return new WornDisk(mount, null);
        var device = File.ReadLines("/proc/mounts").Select(l => l.Split(' ')).Single(w => w[1] == mount)[0];
        return new WornDisk(mount, Path.GetFileName(device));
    }

    /// <summary>Bytes written so far, with what waits in memory.</summary>
    public long Written()
    {
        if (device is null)
        {
            var line = File.ReadLines("/proc/self/io").Single(l => l.StartsWith("write_bytes:", StringComparison.Ordinal));
            return long.Parse(line.AsSpan(12), CultureInfo.InvariantCulture);
        }

        Commit();
        // Documentation/block/stat.rst: the seventh number is sectors of 512 bytes.
        var words = File.ReadAllText($"/sys/block/{device}/stat").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[6], CultureInfo.InvariantCulture) * 512;
    }

    /// <summary>Has the file system commit its journal, as it does by itself every five seconds.</summary>
    public void Commit()
    {
        if (device is null) return;
        root ??= File.OpenHandle(Path.Combine(Folder, "commit"), FileMode.OpenOrCreate, FileAccess.Read);
        if (Sync(root) != 0) throw new IOException($"syncfs: error {Marshal.GetLastPInvokeError()}");
    }

    public void Dispose()
    {
        root?.Dispose();
        if (device is not null) Run("umount", Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int Sync(SafeHandle descriptor);
}
