namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>The folder of the hub's data: readable by its owner alone, because it holds keys and crews' tracks.</summary>
public static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <returns>The absolute path.</returns>
    public static string Create(string folder)
    {
        var path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }

    /// <summary>Claims the folder for one serving hub; the operating system gives it back however that hub ends.</summary>
    /// <exception cref="InvalidOperationException">Another hub serves it.</exception>
    public static IDisposable Claim(string folder)
    {
        var path = Path.Combine(Create(folder), "hub.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new InvalidOperationException($"another hub serves the data in {Path.GetDirectoryName(path)}: end it, or choose another folder with --Storage:Folder=DIR");
        }
    }
}
