using Npgsql;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Brings a backup into a new data folder, and of PostgreSQL into an empty database, so that a hub started on them goes on from
/// there in an era of its own. Nothing that is there is written over.
/// </summary>
public static class Restore
{
    private const string Partly = ".part";

    /// <param name="from">What <see cref="Backup"/> made.</param>
    /// <param name="options">Where the data shall be: a folder that is not there yet or is empty, and for PostgreSQL a database without tables of a hub.</param>
    /// <param name="steps">What capabilities change in a restored database; those of a SQLite file were taken when it was copied.</param>
    /// <param name="time">Paces the copying.</param>
    /// <param name="cancel">Gives up; what is there stays under another name.</param>
    /// <returns>Files copied, and their bytes.</returns>
    /// <exception cref="InvalidOperationException">There is nothing to restore, it is of another kind, or something is where it should go.</exception>
    public static async Task<(int Files, long Bytes)> RunAsync(
        string from, StorageOptions options, IReadOnlyList<BackupStep> steps, TimeProvider time, CancellationToken cancel)
    {
        var source = Path.TrimEndingDirectorySeparator(Path.GetFullPath(from));
        var to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder));
        var dump = Path.Combine(source, Backup.DumpFile);
        RequireKind(source, dump, options.Kind);
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any())
            throw new InvalidOperationException($"{to} is not empty: a backup is restored into a new folder, named with --Storage:Folder=DIR");
        if (options.Kind == StorageKind.Postgres) RequireEmpty(options);
        var partly = DataFolder.Create(to + Partly);
        if (Directory.EnumerateFileSystemEntries(partly).Any()) throw new InvalidOperationException($"{partly} is left from a restore that did not end: remove it");

        var (files, bytes) = (0, 0L);
        foreach (var path in Backup.Entries(source).Where(p => p != dump))
        {
            var copy = Path.Combine(partly, Path.GetRelativePath(source, path));
            DataFolder.Create(Path.GetDirectoryName(copy)!);
            bytes += await Backup.CopyFileAsync(path, copy, time, cancel).ConfigureAwait(false);
            files++;
        }

        foreach (var folders in Directory.EnumerateDirectories(partly, "*", SearchOption.AllDirectories).Append(partly)) DurableFolder.Sync(folders);
        if (options.Kind == StorageKind.Postgres)
        {
            await PostgresTools.RestoreAsync(options, dump, cancel).ConfigureAwait(false);
            await BeginAnewAsync(options, partly, steps, time).ConfigureAwait(false);
        }

        if (Directory.Exists(to)) Directory.Delete(to);
        Directory.Move(partly, to);
        DurableFolder.Sync(Path.GetDirectoryName(to)!);
        return (files, bytes);
    }

    private static void RequireKind(string source, string dump, StorageKind kind)
    {
        var isFile = File.Exists(Path.Combine(source, DataFolder.DatabaseFile));
        if (!isFile && !File.Exists(dump)) throw new InvalidOperationException($"{source} is no backup of a hub");
        if (isFile != (kind == StorageKind.Sqlite))
            throw new InvalidOperationException($"{source} is a backup of {(isFile ? "SQLite" : "PostgreSQL")}: restore it with --Storage:Kind={(isFile ? "sqlite" : "postgres")}");
    }

    private static void RequireEmpty(StorageOptions options)
    {
        using var server = new PostgresSource(options);
        using var connection = server.OpenFirst();
        using var look = new NpgsqlCommand("SELECT to_regclass('migrations') IS NULL", connection);
        if (look.ExecuteScalar() is not true)
            throw new InvalidOperationException($"database {server.Text.Database} at {server.Place} holds a hub's data: a backup is restored into an empty one, named in Storage:Connection");
    }

    private static async Task BeginAnewAsync(StorageOptions options, string folder, IReadOnlyList<BackupStep> steps, TimeProvider time)
    {
        using var none = new ReactionCatalogue([]);
        await using var database = new Database(
            new StorageOptions { Folder = folder, Kind = options.Kind, Connection = options.Connection }, none, [], time);
        await database.BeginAnewAsync(steps, restored: true, CancellationToken.None).ConfigureAwait(false);
    }
}
