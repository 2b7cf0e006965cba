using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// A connection to PostgreSQL that behaves as the SQL of the capabilities expects, which is written once for both kinds:
/// whole numbers have 64 bits, truth is 1 or 0, and a list is a list of parameters.
/// </summary>
/// <param name="inner">Open; closed with this one.</param>
/// <param name="bound">What breaks a read off; null for the writer.</param>
internal sealed class PostgresConnection(NpgsqlConnection inner, ReadBound? bound) : DbConnection
{
    private volatile NpgsqlCommand? running;

    public NpgsqlConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    /// <summary>Breaks off what is running, from any thread.</summary>
    public void CancelRunning() => running?.Cancel();

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open() => inner.Open();

    public override void Close() => inner.Close();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Told before each command: the read that it is part of may be over.</summary>
    internal void Starting(NpgsqlCommand command)
    {
        bound?.ThrowIfOver();
        running = command;
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        new PostgresTransaction(this, inner.BeginTransaction(isolationLevel));

    protected override DbCommand CreateDbCommand() => new PostgresCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
