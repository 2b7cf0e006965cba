using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Breaks a read off when its time is over or nobody waits for it any more, in the main database and in each file of a day
/// that is read on the way.
/// </summary>
internal sealed class ReadBound(TimeSpan longest, TimeProvider time, CancellationToken cancel)
{
    // SQLITE_INTERRUPT.
    private const int Interrupted = 9;

    // Steps of SQLite's machine between two looks at the clock: well below a millisecond.
    private const int Steps = 20_000;

    [ThreadStatic]
    private static ReadBound? current;

    private readonly long began = time.GetTimestamp();

    /// <summary>True when a read was broken off by this.</summary>
    public static bool IsInterrupted(DbException e) => e is SqliteException { SqliteErrorCode: Interrupted } or { SqlState: PostgresErrorCodes.QueryCanceled };

    private bool IsOver => cancel.IsCancellationRequested || time.GetElapsedTime(began) > longest;

    /// <summary>Runs a query, which stays on this thread, under the bound.</summary>
    public T Run<T>(SqliteConnection connection, Func<SqliteConnection, T> query) => Run(() => On(connection, query));

    /// <summary>Lets files of days that are read on the way be part of this, whatever the main database is.</summary>
    public T Run<T>(Func<T> query)
    {
        current = this;
        try
        {
            return query();
        }
        finally
        {
            current = null;
        }
    }

    /// <summary>Runs a query on another connection under the bound of the read that it is part of, if it is part of one.</summary>
    public static T Join<T>(SqliteConnection connection, Func<SqliteConnection, T> query) =>
        current is { } bound ? bound.On(connection, query) : query(connection);

    /// <summary>Many short queries never come to a look at the clock.</summary>
    public void ThrowIfOver()
    {
        if (IsOver) throw new SqliteException("the read is over", Interrupted);
    }

    private T On<T>(SqliteConnection connection, Func<SqliteConnection, T> query)
    {
        ThrowIfOver();
        var database = connection.Handle!;
        raw.sqlite3_progress_handler(database, Steps, _ => IsOver ? 1 : 0, null);
        try
        {
            return query(connection);
        }
        finally
        {
            // The connection goes back to its pool.
            raw.sqlite3_progress_handler(database, 0, null, null);
        }
    }
}
