using System.Diagnostics;

namespace ThreeOneOne.Field.Kernel.Tests.Outside;

/// <summary>A file that is a guest's disk, with an empty ext4, in a folder that the guest may read.</summary>
internal sealed class GuestDisk : IDisposable
{
    public GuestDisk()
    {
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        using (var file = new FileStream(Path, FileMode.Create)) file.SetLength(256 * 1024 * 1024);
        using var mkfs = Process.Start(new ProcessStartInfo("/usr/sbin/mkfs.ext4", ["-q", "-F", Path]))!;
        mkfs.WaitForExit();
        if (mkfs.ExitCode != 0) throw new InvalidOperationException("mkfs.ext4 failed");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("field-disk-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "disk");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
