using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Writes a file that only its owner may read, whole or not at all, and durable.</summary>
internal static class PrivateFile
{
    public static void Write(string path, string text)
    {
        var half = path + ".new";
        File.Delete(half);
        using (var stream = new FileStream(half, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
