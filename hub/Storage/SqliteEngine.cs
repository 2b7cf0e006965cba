using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>A SQLite file: durable by write-ahead log and synchronous FULL, read in snapshots beside its writer.</summary>
internal sealed class SqliteEngine : IEngine
{
    private readonly SqliteConnection writer;
    private readonly Statements statements;
    private readonly WalKeeper? keeper;
    private readonly string readConnectionString;
    private readonly TimeSpan longestRead;
    private readonly TimeProvider time;

    /// <exception cref="InvalidOperationException">The file cannot be used; says which and why.</exception>
    public SqliteEngine(StorageOptions options, string folder, TimeProvider time)
    {
        this.time = time;
        longestRead = options.LongestRead;
        var path = Path.Combine(folder, DataFolder.DatabaseFile);
        writer = OpenWriter(path, time);
        statements = new Statements(writer);
        keeper = new WalKeeper(writer, path, options.LogMb);
        readConnectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ToString();
    }

    /// <summary>A database in memory, for whoever wants the tables without a hub's data. It is written, never read beside its writer.</summary>
    public SqliteEngine(TimeProvider time)
    {
        this.time = time;
        readConnectionString = "Data Source=:memory:";
        writer = new SqliteConnection(readConnectionString);
        writer.Open();
        writer.Execute("PRAGMA foreign_keys=ON");
        Migrator.Run(writer, "sqlite", time);
        statements = new Statements(writer);
    }

    public Task TakenOver { get; } = new TaskCompletionSource().Task;

    public string SkipLocked => "";

    public DbTransaction Begin() => writer.BeginTransaction(deferred: false);

    public Statement Statement(string sql) => statements.Get(sql);

    // The writer holds the whole file.
    public void Lock(DbTransaction transaction, IEnumerable<long> numbers)
    {
    }

    public void Turned() => keeper?.Committed();

    public async Task<T> ReadAsync<T>(Func<DbConnection, T> query, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(readConnectionString);
        await connection.OpenAsync(cancel).ConfigureAwait(false);
        await using var snapshot = connection.BeginTransaction(deferred: true);
        return new ReadBound(longestRead, time, cancel).Run(connection, query);
    }

    // A copy of the file was changed when it was made.
    public bool BeginAnew(DbConnection connection, IReadOnlyList<BackupStep> steps, bool restored) => false;

    public async ValueTask DisposeAsync()
    {
        keeper?.Dispose();
        statements.Dispose();
        await writer.DisposeAsync().ConfigureAwait(false);
        SqliteConnection.ClearPool(new SqliteConnection(readConnectionString));
    }

    private static SqliteConnection OpenWriter(string path, TimeProvider time)
    {
        SqliteConnection? connection = null;
        try
        {
            DataFolder.KeepPrivate(path);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000; PRAGMA cache_size=-32000;");
            Migrator.Run(connection, "sqlite", time);
            return connection;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (e is not SqliteException) throw;
            throw new InvalidOperationException(
                $"{path} cannot be used as the hub's database ({e.Message}): it must be whole and belong to the user who runs the hub; else restore a backup", e);
        }
    }
}
