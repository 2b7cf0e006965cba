namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>The folder of the hub's data: readable by its owner alone, because it holds keys and crews' tracks.</summary>
public static class DataFolder
{
    public const string DatabaseFile = "hub.db";

    private const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <returns>The absolute path.</returns>
    public static string Create(string folder)
    {
        var path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }

    /// <summary>
    /// Makes sure that the database's file is there and its owner's alone, also in a folder that somebody else made more open.
    /// SQLite gives its log beside it the same rights.
    /// </summary>
    internal static void KeepPrivate(string database)
    {
        // An empty file is an empty database. One that is there is never opened here: closing it would end SQLite's locks on it.
        if (!File.Exists(database)) new FileStream(database, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerReads }).Dispose();
        else if (File.GetUnixFileMode(database) != OwnerReads) File.SetUnixFileMode(database, OwnerReads);
    }

    /// <summary>
    /// Why root may not make a database here: it would be root's own, and the hub, which runs as an ordinary user, could not
    /// open it. One that is there stays its owner's, so root may use it.
    /// </summary>
    /// <returns>Null when nothing is wrong.</returns>
    public static string? RootFault(string folder, bool privileged) =>
        privileged && !File.Exists(Path.Combine(folder, DatabaseFile))
            ? $"{Path.GetFullPath(folder)} holds no database yet, and one made by root could not be opened by the hub: run this as the user who runs the hub"
            : null;

    /// <inheritdoc cref="RootFault(string, bool)"/>
    public static string? RootFault(StorageOptions options, bool privileged) => options.Kind == StorageKind.Sqlite
        ? RootFault(options.Folder, privileged)
        : privileged && !Directory.Exists(options.Folder)
            ? $"{Path.GetFullPath(options.Folder)} is not there yet, and one made by root could not be used by the hub: run this as the user who runs the hub"
            : null;

    /// <summary>Why a command cannot work on the data here: there is none, or what root adds to it the hub could not open.</summary>
    /// <returns>Null when nothing is wrong.</returns>
    public static string? UseFault(StorageOptions options, bool privileged)
    {
        var folder = Path.GetFullPath(options.Folder);
        var database = options.Kind == StorageKind.Sqlite ? Path.Combine(folder, DatabaseFile) : folder;
        if (!Path.Exists(database)) return $"{folder} holds no hub's data: name its folder with --Storage:Folder=DIR";
        return privileged && FileOwner.Of(database) is { } owner and not 0
            ? $"{database} belongs to user {owner}, who could not open what root adds: run this as that user, with sudo -u '#{owner}' in front"
            : null;
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
