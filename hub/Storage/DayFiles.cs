using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// One SQLite file for each UTC day in a folder below the data folder, so that retention removes files. A day commits by
/// itself and before the main database does: what is written must not mind being written again.
/// </summary>
/// <param name="folder">Absolute path.</param>
/// <param name="schema">Makes the tables of a new file; must not mind when they are there.</param>
/// <param name="logMb"><see cref="StorageOptions.LogMb"/> of each file.</param>
public sealed class DayFiles(string folder, string schema, int logMb) : IDisposable
{
    // A fleet that comes back from weeks without signal writes many days at once.
    private const int MostOpen = 16;
    private const string Pattern = "yyyy-MM-dd";

    private readonly Dictionary<DateOnly, DayFile> open = [];
    private readonly LinkedList<DateOnly> byUse = new();

    public string Folder { get; } = folder;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DateOnly> Days() => !Directory.Exists(Folder) ? [] :
        [.. Directory.EnumerateFiles(Folder, "*.db").Select(Day).OfType<DateOnly>().OrderDescending()];

    public bool Exists(DateOnly day) => File.Exists(PathOf(day));

    public string PathOf(DateOnly day) => Path.Combine(Folder, day.ToString(Pattern, CultureInfo.InvariantCulture) + ".db");

    /// <summary>
    /// Runs <paramref name="action"/> in one transaction of that day's file, made when it is not there; durable when this
    /// returns. On the writer's thread only.
    /// </summary>
    public void Write(DateOnly day, Action<DayFile> action)
    {
        var file = Open(day);
        file.Begin();
        try
        {
            action(file);
            file.Commit();
        }
        catch
        {
            Close(day);
            throw;
        }
    }

    /// <summary>Looks something up by a prepared statement; the default where there is no such file. On the writer's thread only.</summary>
    public T? Look<T>(DateOnly day, Func<DayFile, T?> query) => open.ContainsKey(day) || Exists(day) ? query(Open(day)) : default;

    /// <summary>
    /// Reads a day's file in one snapshot; any thread. Within <see cref="Database.ReadAsync"/> it is broken off when that is.
    /// </summary>
    /// <returns><paramref name="none"/> when there is no such file.</returns>
    public T Read<T>(DateOnly day, Func<DbConnection, T> query, T none)
    {
        if (!Exists(day)) return none;
        try
        {
            using var connection = new SqliteConnection(ReadString(day));
            connection.Open();
            using var snapshot = connection.BeginTransaction(deferred: true);
            return ReadBound.Join(connection, query);
        }
        catch (SqliteException) when (!Exists(day))
        {
            // Retention took it between the two.
            return none;
        }
    }

    /// <summary>Removes a day for good. On the writer's thread only.</summary>
    public void Remove(DateOnly day)
    {
        Close(day);
        using (var readers = new SqliteConnection(ReadString(day))) SqliteConnection.ClearPool(readers);
        // The main file first: without it the others are nobody's, the other way round a log would be missing.
        foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Delete(PathOf(day) + suffix);
    }

    public void Dispose()
    {
        foreach (var (day, file) in open)
        {
            file.Dispose();
            using var readers = new SqliteConnection(ReadString(day));
            SqliteConnection.ClearPool(readers);
        }

        open.Clear();
    }

    private static DateOnly? Day(string path) =>
        DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path), Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private string ReadString(DateOnly day) =>
        new SqliteConnectionStringBuilder { DataSource = PathOf(day), Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ToString();

    private DayFile Open(DateOnly day)
    {
        byUse.Remove(day);
        byUse.AddFirst(day);
        if (open.TryGetValue(day, out var file)) return file;
        if (open.Count == MostOpen) Close(byUse.Last!.Value);
        DataFolder.Create(Folder);
        file = new DayFile(PathOf(day), schema, logMb);
        // The main file will say that these tracks are here: a power cut must not take the names of the file and its folder,
        // nor those that a killed process had made and not come to sync.
        DurableFolder.Sync(Folder);
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(Folder))!);
        return open[day] = file;
    }

    private void Close(DateOnly day)
    {
        byUse.Remove(day);
        if (open.Remove(day, out var file)) file.Dispose();
    }
}
