using System.Globalization;
using System.Text.Json;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Where the demo keeps its things; a second start finds them.</summary>
public sealed class DemoFolder
{
    private readonly string _root;

    public DemoFolder(string root)
    {
        _root = Path.GetFullPath(root);
        try
        {
            foreach (var folder in (string[])[_root, Hub, Logs, Vehicles]) Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The data folder {_root} cannot be written: {e.Message}", e);
        }
    }

    public string Hub => Path.Combine(_root, "hub");

    public string HubSettings => Path.Combine(_root, "field-hub.json");

    /// <summary>Of a PostgreSQL of the demo's own.</summary>
    public string Postgres => Path.Combine(_root, "postgres");

    public string KeyFile => Path.Combine(_root, "demo.key");

    public string Children => Path.Combine(_root, "children.jsonl");

    public string Vehicles => Path.Combine(_root, "vehicles");

    private string Logs => Path.Combine(_root, "logs");

    private string StorageFile => Path.Combine(_root, "storage");

    private string HistoryFile => Path.Combine(_root, "history.json");

    public string Log(string name) => Path.Combine(Logs, name + ".log");

    public string Vehicle(string id)
    {
        var folder = Path.Combine(Vehicles, id);
        Directory.CreateDirectory(folder);
        return folder;
    }

    public string AppendLog(string id) => Path.Combine(Vehicle(id), "append.log");

    public static void WriteSecret(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var writer = new StreamWriter(file);
        writer.Write(text);
    }

    /// <summary>Remembers where this folder's data lies: what vehicles sent to one store is not in the other.</summary>
    /// <exception cref="SetupException">It was begun with another store.</exception>
    public void KeepTo(string storage)
    {
        if (!File.Exists(StorageFile) && Directory.EnumerateFileSystemEntries(Hub).Any()) File.WriteAllText(StorageFile, DemoOptions.Sqlite);
        if (!File.Exists(StorageFile)) File.WriteAllText(StorageFile, storage);
        if (File.ReadAllText(StorageFile).Trim() is var begun && begun != storage)
            throw new SetupException($"The data in {_root} was begun with {begun}: go on with --storage {begun}, or forget it with --reset");
    }

    /// <summary>What earlier runs left; empty before the first.</summary>
    public DemoHistory ReadHistory()
    {
        try
        {
            return File.Exists(HistoryFile) ? JsonSerializer.Deserialize<DemoHistory>(File.ReadAllText(HistoryFile)) ?? new DemoHistory() : new DemoHistory();
        }
        catch (JsonException)
        {
            return new DemoHistory();
        }
    }

    public void WriteHistory(DemoHistory history)
    {
        File.WriteAllText(HistoryFile + ".new", JsonSerializer.Serialize(history));
        File.Move(HistoryFile + ".new", HistoryFile, overwrite: true);
    }

    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
