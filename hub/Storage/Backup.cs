using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Copies the data folder while the hub serves. The main database comes first, in one snapshot; then the databases of the
/// days, which commit before it and so hold at least what it knows; then everything else, keys among it. The copy is a
/// data folder: a hub started on it goes on from there, in an era of its own, and what vehicles still hold comes again without
/// effect. Of PostgreSQL the copy holds an archive of the same snapshot, which <see cref="Restore"/> brings into a database.
/// </summary>
public static class Backup
{
    private const int PagesAtOnce = 256;
    private const int BytesAtOnce = 1024 * 1024;
    private const string Partly = ".part";

    // Two thirds of the time, of processor and disk, are the hub's: 1 GB takes half a minute to a minute.
    private const double Rest = 2;
    private const int CheckSteps = 500;
    private static readonly TimeSpan CheckTurn = TimeSpan.FromMilliseconds(5);

    // The claim of the serving hub, and what its broker writes for itself.
    private static readonly string[] Passing = ["hub.lock", "broker"];

    /// <summary>What a backup of PostgreSQL holds instead of the database's file: an archive of pg_dump.</summary>
    public const string DumpFile = "hub.dump";

    /// <param name="options">Where the hub's data is.</param>
    /// <param name="target">A folder that is not there yet, or is empty.</param>
    /// <param name="steps">What capabilities change in the copy of the main database.</param>
    /// <param name="time">Paces the copying.</param>
    /// <param name="cancel">Gives up; what is there stays under another name.</param>
    /// <returns>Databases and other files copied, and their bytes.</returns>
    /// <exception cref="InvalidOperationException">There is nothing to copy, or something where the copy should be.</exception>
    public static async Task<(int Databases, int Files, long Bytes)> RunAsync(
        StorageOptions options, string target, IReadOnlyList<BackupStep> steps, TimeProvider time, CancellationToken cancel)
    {
        var from = Path.GetFullPath(options.Folder);
        var to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        var main = Path.Combine(from, DataFolder.DatabaseFile);
        var isFile = options.Kind == StorageKind.Sqlite;
        if (isFile ? !File.Exists(main) : !Directory.Exists(from)) throw new InvalidOperationException($"{from} holds no hub's data: name its folder with --Storage:Folder=DIR");
        if ((to + "/").StartsWith(from + "/", StringComparison.Ordinal)) throw new InvalidOperationException("a backup does not belong into the folder that it is of");
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()) throw new InvalidOperationException($"{to} is not empty: name a new folder");
        var partly = DataFolder.Create(to + Partly);
        if (Directory.EnumerateFileSystemEntries(partly).Any()) throw new InvalidOperationException($"{partly} is left from a backup that did not end: remove it");

        var bytes = isFile
            ? await CopyDatabaseAsync(main, Path.Combine(partly, DataFolder.DatabaseFile), steps, time, cancel).ConfigureAwait(false)
            : await PostgresTools.DumpAsync(options, Path.Combine(partly, DumpFile), cancel).ConfigureAwait(false);
        var (databases, files) = (1, 0);
        foreach (var path in Entries(from).Where(p => p != main).OrderBy(p => p.EndsWith(".db", StringComparison.Ordinal) ? 0 : 1))
        {
            var copy = Path.Combine(partly, Path.GetRelativePath(from, path));
            DataFolder.Create(Path.GetDirectoryName(copy)!);
            var isDatabase = path.EndsWith(".db", StringComparison.Ordinal);
            try
            {
                bytes += await (isDatabase ? CopyDatabaseAsync(path, copy, [], time, cancel) : CopyFileAsync(path, copy, time, cancel)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SqliteException or IOException && !File.Exists(path))
            {
                // A day that retention took, a photo that has become whole: gone since it was listed.
                File.Delete(copy);
                continue;
            }

            _ = isDatabase ? databases++ : files++;
        }

        foreach (var folders in Directory.EnumerateDirectories(partly, "*", SearchOption.AllDirectories).Append(partly)) DurableFolder.Sync(folders);
        if (Directory.Exists(to)) Directory.Delete(to);
        Directory.Move(partly, to);
        DurableFolder.Sync(Path.GetDirectoryName(to)!);
        return (databases, files, bytes);
    }

    internal static IEnumerable<string> Entries(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .Where(p => !Passing.Contains(Path.GetFileName(p)) && !p.EndsWith("-wal", StringComparison.Ordinal) && !p.EndsWith("-shm", StringComparison.Ordinal))
        .SelectMany(p => Directory.Exists(p) ? Entries(p) : [p]);

    /// <summary>
    /// Nothing of the copy is worth a journal: it has no name yet. What is written is made durable bit by bit, because a file
    /// system that must bring much to the disk at once lets the hub's commits wait for it.
    /// </summary>
    private static async Task<long> CopyDatabaseAsync(string from, string to, IReadOnlyList<BackupStep> steps, TimeProvider time, CancellationToken cancel)
    {
        DataFolder.KeepPrivate(to);
        // Closed after SQLite's: closing it would end SQLite's locks.
        using var written = File.OpenHandle(to, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        await using (var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = from, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
        await using (var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString()))
        {
            await source.OpenAsync(cancel).ConfigureAwait(false);
            await target.OpenAsync(cancel).ConfigureAwait(false);
            target.Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-256;");
            var pace = new Pace(Rest, time);
            // One snapshot from the first page to the last; a writer goes on beside it.
            await using (var snapshot = source.BeginTransaction(deferred: true))
            {
                source.Execute("SELECT COUNT(*) FROM sqlite_schema", transaction: snapshot);
                using var backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
                if (backup.IsInvalid) throw new IOException($"{to} cannot be written");
                int result;
                while ((result = raw.sqlite3_backup_step(backup, PagesAtOnce)) is raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
                {
                    RandomAccess.FlushToDisk(written);
                    await pace.RestAsync(cancel).ConfigureAwait(false);
                }

                if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, target.Handle);
            }

            await using (var change = target.BeginTransaction())
            {
                foreach (var step in steps) step(target, time.GetUtcNow());
                change.Commit();
            }

            raw.sqlite3_progress_handler(target.Handle, CheckSteps, _ =>
            {
                pace.RestHere(CheckTurn, cancel);
                return cancel.IsCancellationRequested ? 1 : 0;
            }, null);
            if (target.QuerySingle<string>("PRAGMA quick_check(1)") is var verdict and not "ok") throw new IOException($"the copy of {from} is not whole: {verdict}");
        }

        RandomAccess.FlushToDisk(written);
        return RandomAccess.GetLength(written);
    }

    internal static async Task<long> CopyFileAsync(string from, string to, TimeProvider time, CancellationToken cancel)
    {
        await using var source = File.OpenRead(from);
        await using var target = new FileStream(to, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 0,
        });
        var buffer = new byte[BytesAtOnce];
        var pace = new Pace(Rest, time);
        while (await source.ReadAtLeastAsync(buffer, BytesAtOnce, throwOnEndOfStream: false, cancel).ConfigureAwait(false) is > 0 and var read)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
            target.Flush(flushToDisk: true);
            await pace.RestAsync(cancel).ConfigureAwait(false);
        }

        return target.Length;
    }
}
