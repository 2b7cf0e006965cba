using System.Formats.Tar;
using System.IO.Compression;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>Unpacks the archive of a version: plain files and folders below its own folder, bounded, and nothing else.</summary>
public static class UpdateArchive
{
    /// <summary>The file without which a folder is no version.</summary>
    public const string Program = "field-agent.dll";

    private const long MostBytes = 256 * 1024 * 1024;
    private const int MostEntries = 2_000;
    private const int LongestName = 200;

    /// <summary>Unpacks beside the folder, makes every byte durable, and gives it its name last.</summary>
    /// <param name="archive">A tar in gzip, its hash proven.</param>
    /// <param name="folder">The version's folder, which is not there yet.</param>
    /// <exception cref="UpdateRefusedException">It holds what no version holds.</exception>
    /// <exception cref="IOException">The disk did not take it; nothing of the name is there.</exception>
    /// <param name="over">The package's own version, when this one may take its place although it is older; null: it may not.</param>
    public static void Unpack(Stream archive, string folder, string? over = null)
    {
        var beside = folder + ".new";
        if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        Directory.CreateDirectory(beside);
        try
        {
            using var packed = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
            using var tar = new TarReader(packed);
            var (entries, bytes) = (0, 0L);
            while (tar.GetNextEntry() is { } entry)
            {
                if (++entries > MostEntries) throw new UpdateRefusedException($"the archive holds more than {MostEntries} files");
                bytes += entry.Length;
                if (bytes > MostBytes) throw new UpdateRefusedException($"the archive unpacks to more than {MostBytes} bytes");
                Take(entry, beside);
            }

            if (!File.Exists(Path.Combine(beside, Program))) throw new UpdateRefusedException($"the archive holds no {Program}");
        }
        catch (Exception e) when (e is UpdateRefusedException or InvalidDataException or EndOfStreamException or FormatException)
        {
            // Of what is refused nothing stays.
            Directory.Delete(beside, recursive: true);
            if (e is UpdateRefusedException) throw;
            throw new UpdateRefusedException("the archive is damaged", e);
        }

        if (over is not null) DurableFile.Replace(Path.Combine(beside, "over"), System.Text.Encoding.ASCII.GetBytes(over));
        foreach (var inner in Directory.EnumerateDirectories(beside, "*", SearchOption.AllDirectories)) DurableFile.SyncFolder(inner);
        DurableFile.SyncFolder(beside);
        Directory.Move(beside, folder);
        DurableFile.SyncFolder(Path.GetDirectoryName(folder)!);
    }

    private static void Take(TarEntry entry, string folder)
    {
        var parts = entry.Name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").ToArray();
        if (entry.Name.StartsWith('/') || entry.Name.Length > LongestName || parts.Any(p => p == ".." || p.Contains('\0', StringComparison.Ordinal) || p.Contains('\\', StringComparison.Ordinal)))
            throw new UpdateRefusedException("the archive names a file outside its folder");
        var path = Path.Combine([folder, .. parts]);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(path);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                if (parts.Length == 0) throw new UpdateRefusedException("the archive names a file without a name");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Write(entry, path);
                break;
            default:
                throw new UpdateRefusedException($"the archive holds a {entry.EntryType}");
        }
    }

    // Not by the entry's own method, which would take its mode and owner.
    private static void Write(TarEntry entry, string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        entry.DataStream?.CopyTo(file);
        file.Flush(flushToDisk: true);
    }
}
