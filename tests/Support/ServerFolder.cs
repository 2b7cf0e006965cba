namespace ThreeOneOne.Field.Support;

/// <summary>A new folder under /tmp that an unprivileged server can read and write; deleted at the end.</summary>
public sealed class ServerFolder : IDisposable
{
    public ServerFolder(string name) => Path = Directory.CreateTempSubdirectory($"field-{name}-").FullName;

    public string Path { get; }

    /// <returns>The file's full path.</returns>
    public string Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes everything in it the server's own. After writing, before the server starts.</summary>
    public void HandOver() => UnprivilegedUser.Current?.Own(Path);

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
