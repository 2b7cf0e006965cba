using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>How files go for good.</summary>
public static class Leftovers
{
    /// <summary>Overwrites a file and removes it; on a card that moves blocks the overwriting is best effort.</summary>
    /// <exception cref="IOException">It is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">It is still there.</exception>
    public static void Erase(string path)
    {
        if (!File.Exists(path)) return;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            RandomAccess.Write(file, new byte[RandomAccess.GetLength(file)], 0);
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One that cannot be written may still be removed.
        }

        File.Delete(path);
        DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Empties a data folder.</summary>
    /// <param name="folder">The folder; one that is not there is empty.</param>
    /// <param name="keep">Files and folders directly in it that stay.</param>
    public static void Remove(string folder, IReadOnlyList<string> keep)
    {
        if (!Directory.Exists(folder)) return;
        var stays = keep.Select(Path.GetFullPath).Select(Path.TrimEndingDirectorySeparator).ToHashSet(StringComparer.Ordinal);
        foreach (var below in Directory.GetDirectories(Path.GetFullPath(folder)).Where(d => !stays.Contains(d))) Directory.Delete(below, recursive: true);
        foreach (var file in Directory.GetFiles(Path.GetFullPath(folder)).Where(f => !stays.Contains(f))) File.Delete(file);
        DurableFile.SyncFolder(folder);
    }
}
