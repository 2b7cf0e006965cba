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

    // A disk that does not keep up gets some rest.
    private const int MostRounds = 50;

    private readonly string path;
    private readonly sqlite3 writer;
    private readonly int beginPages;
    private long fresh;
    private int rounds;
    private Task<int>? beside;

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
        if (beside is null)
        {
            if (fresh >= beginPages) Begin();
            return;
        }

        if (!beside.IsCompleted) return;
        var left = beside.IsCompletedSuccessfully ? beside.Result : int.MaxValue;
        beside = null;
        // What the last transaction itself wrote, twice, is no burden on the next.
        var little = Math.Max(beginPages / LittleShare, 2 * written);
        // Somebody reads an old snapshot (a backup): the log grows behind it, and is tried when as much again was written. The
        // writer leaves it alone, or it would fold all of it in the moment in which the reader ends.
        if (left > little) return;
        // Much came in meanwhile: once more, which takes less long.
        if (left + fresh <= little) FoldTheRest();
        else if (++rounds < MostRounds) Begin();
        else rounds = 0;
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

    // All of it, so that the next transaction begins the log anew unless somebody reads in it.
    private void FoldTheRest()
    {
        (fresh, rounds) = (0, 0);
        _ = raw.sqlite3_wal_checkpoint_v2(writer, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
    }

    /// <returns>Pages of what was in the log at its beginning that somebody's snapshot kept from the file.</returns>
    private int FoldBeside()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        var result = raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var frames, out var folded);
        return result == raw.SQLITE_OK ? frames - folded : int.MaxValue;
    }

    // Pages that the writer has put into the log since it was asked before.
    private int TakeWritten()
    {
        _ = raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 1);
        return written;
    }
}
