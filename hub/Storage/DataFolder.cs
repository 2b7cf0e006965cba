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
}
