using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Breaks a read off when its time is over or nobody waits for it any more.</summary>
internal sealed class ReadBound : IDisposable
{
    /// <summary>SQLITE_INTERRUPT.</summary>
    public const int Interrupted = 9;

    // Steps of SQLite's machine between two looks at the clock: well below a millisecond.
    private const int Steps = 20_000;

    private readonly sqlite3 database;

    public ReadBound(SqliteConnection connection, TimeSpan longest, TimeProvider time, CancellationToken cancel)
    {
        database = connection.Handle!;
        var began = time.GetTimestamp();
        raw.sqlite3_progress_handler(database, Steps, _ => cancel.IsCancellationRequested || time.GetElapsedTime(began) > longest ? 1 : 0, null);
    }

    // The connection goes back to its pool.
    public void Dispose() => raw.sqlite3_progress_handler(database, 0, null, null);
}
