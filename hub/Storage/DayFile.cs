using Dapper;
using Microsoft.Data.Sqlite;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>The writer of one day's file, inside its transaction.</summary>
public sealed class DayFile : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Statements statements;
    private readonly WalKeeper keeper;

    internal DayFile(string path, string schema, int logMb)
    {
        DataFolder.KeepPrivate(path);
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA cache_size=-16000;");
        connection.Execute(schema);
        statements = new Statements(connection);
        keeper = new WalKeeper(connection, path, logMb);
    }

    /// <inheritdoc cref="WriteScope.Statement"/>
    public Statement Statement(string sql) => statements.Get(sql);

    /// <summary>An unfinished transaction is given up.</summary>
    public void Dispose()
    {
        keeper.Dispose();
        statements.Dispose();
        connection.Dispose();
    }

    internal void Begin() => Statement("BEGIN IMMEDIATE").Run();

    internal void Commit()
    {
        Statement("COMMIT").Run();
        keeper.Committed();
    }
}
