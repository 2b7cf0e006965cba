using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Folds a database's write-ahead log back into its file beside the writer, which goes on meanwhile; only the little that
/// came in during that is folded between two of its transactions, so that the log begins anew. SQLite by itself does all of
/// it every 4 MB inside a commit: the same few hundred pages again and again, while everybody waits.
/// </summary>
internal sealed class WalKeeper : IDisposable
{
    private const int PageBytes = 4_096;

    // What came in beside a fold and is at most this part of a log is folded by the writer itself.
    private const int LittleShare = 8;

    // A log of so many times its length is folded by the writer, however long that takes: writing is faster than folding.
    private const int MostTimes = 8;

    private readonly string path;
    private readonly sqlite3 writer;
    private readonly int beginPages;
    private long fresh;
    private long inLog;
    private Task? beside;

    /// <param name="writer">The file's one writing connection.</param>
    /// <param name="path">The file.</param>
    /// <param name="logMb">Length of the log from which it is folded, MiB.</param>
    public WalKeeper(SqliteConnection writer, string path, int logMb)
    {
        this.path = path;
        this.writer = writer.Handle ?? throw new InvalidOperationException("the connection is closed");
        beginPages = logMb * 1024 * 1024 / PageBytes;
        raw.sqlite3_wal_autocheckpoint(this.writer, 0);
        // What a long read made it grow to is given back when it begins anew.
        using (var limit = writer.CreateCommand())
        {
            limit.CommandText = FormattableString.Invariant($"PRAGMA journal_size_limit={(long)beginPages * PageBytes * 2}");
            limit.ExecuteNonQuery();
        }

        TakeWritten();
    }

    /// <summary>Told after each commit, on the writer's thread.</summary>
    public void Committed()
    {
        var written = TakeWritten();
        fresh += written;
        inLog += written;
        if (beside is null)
        {
            if (fresh >= beginPages) Begin();
        }
        else if (beside.IsCompleted)
        {
            beside = null;
            // Much came in meanwhile: once more, which takes less long.
            if (fresh > beginPages / LittleShare && inLog < beginPages * MostTimes) Begin();
            else FoldTheRest();
        }
    }

    /// <summary>Waits for a fold that is under way. The writing connection is still open.</summary>
    public void Dispose()
    {
        if (beside is not null) Task.WaitAny(beside);
    }

    private void Begin()
    {
        fresh = 0;
        // Its own thread: it writes and syncs megabytes. One that fails is tried again; a full disk shows at the next commit.
        beside = Task.Factory.StartNew(FoldBeside, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void FoldTheRest()
    {
        fresh = 0;
        var result = raw.sqlite3_wal_checkpoint_v2(writer, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var frames, out var folded);
        // All of it: the next transaction begins the log anew. Else somebody reads an old snapshot, and the log grows behind it.
        if (result == raw.SQLITE_OK) inLog = frames == folded ? 0 : frames;
    }

    private void FoldBeside()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        _ = raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
    }

    // Pages that the writer has put into the log since it was asked before.
    private int TakeWritten()
    {
        _ = raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 1);
        return written;
    }
}
