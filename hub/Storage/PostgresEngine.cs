using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// A database of PostgreSQL: one writing connection, whose commits are on the server's disk when they return, and a bounded
/// number of readers, each in one snapshot. A server that is lost is looked for again with each transaction. All processes
/// write one after the other, as they do on a SQLite file.
/// </summary>
internal sealed class PostgresEngine : IEngine
{
    // Advisory locks of two numbers are apart from those of one, which are cells.
    private const string Serving = "311, 1";
    private const string Writing = "311, 2";
    private const string Migrating = "311, 3";
    private static readonly TimeSpan Standby = TimeSpan.FromSeconds(1);

    private readonly PostgresSource server;
    private readonly TimeSpan longestRead;
    private readonly bool serves;
    private readonly TimeProvider time;
    private readonly ILogger? log;
    private readonly TaskCompletionSource takenOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, PostgresStatement> statements = new(StringComparer.Ordinal);
    private PostgresConnection? writer;
    private long? lostAt;

    /// <exception cref="InvalidOperationException">The database cannot be used; says why and what to do.</exception>
    public PostgresEngine(StorageOptions options, TimeProvider time, ILogger? log)
    {
        (this.time, this.log) = (time, log);
        longestRead = options.LongestRead;
        server = new PostgresSource(options);
        try
        {
            writer = new PostgresConnection(server.OpenFirst(), bound: null);
            if (options.Serves) TakeServing(writer, options.StandsBy);
            serves = options.Serves;
            Migrate(writer);
            if (writer.QuerySingle<string>("SHOW fsync") != "on") log?.NotDurable(server.Place);
        }
        catch (Exception e)
        {
            writer?.Dispose();
            server.Dispose();
            if (e is not NpgsqlException) throw;
            throw new InvalidOperationException(
                $"database {server.Text.Database} at {server.Place} cannot be used ({e.Message}): {server.Text.Username} must own it, and the server must stay up meanwhile", e);
        }
    }

    public Task TakenOver => takenOver.Task;

    public string SkipLocked => " FOR UPDATE SKIP LOCKED";

    public DbTransaction Begin()
    {
        if (writer is { State: ConnectionState.Open })
        {
            try
            {
                return BeginOn(writer);
            }
            catch (DbException) when (writer.State != ConnectionState.Open)
            {
                // Nothing of this transaction has been done: it begins on another connection, if there is one.
            }
        }

        return BeginOn(Reconnect());
    }

    public Statement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement)) statements.Add(sql, statement = new PostgresStatement(writer!.Inner, sql));
        return statement;
    }

    public void Lock(DbTransaction transaction, IEnumerable<long> numbers)
    {
        var sorted = numbers.Distinct().Order().ToArray();
        if (sorted.Length == 0) return;
        using var command = writer!.Inner.CreateCommand();
        // Row by row, so in the order of the list.
        command.CommandText = "SELECT pg_advisory_xact_lock(cell) FROM unnest($1) AS cell";
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = sorted });
        command.ExecuteNonQuery();
    }

    public void Turned()
    {
        if (writer is { State: ConnectionState.Open } || lostAt is not null) return;
        lostAt = time.GetTimestamp();
        log?.DatabaseLost(server.Place);
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, T> query, CancellationToken cancel)
    {
        var bound = new ReadBound(longestRead, time, cancel);
        await using var connection = new PostgresConnection(await server.Readers.OpenConnectionAsync(cancel).ConfigureAwait(false), bound);
        await using var snapshot = await connection.Inner.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel).ConfigureAwait(false);
        await using var broken = cancel.Register(connection.CancelRunning).ConfigureAwait(false);
        try
        {
            return bound.Run(() => query(connection));
        }
        catch (DbException) when (connection.State != ConnectionState.Open)
        {
            // The server has ended: so have the others that wait in the pool.
            server.Readers.Clear();
            throw;
        }
    }

    public bool BeginAnew(DbConnection connection, IReadOnlyList<BackupStep> steps, bool restored)
    {
        // A server that was made from a backup of all its databases goes on as another timeline of the same one.
        var place = connection.QuerySingle<string>(
            """
            SELECT s.system_identifier || '/' || d.oid || '/' || c.timeline_id
            FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname=current_database()
            """);
        var before = connection.QueryFirstOrDefault<string>("SELECT place FROM store_place");
        if (before == place && !restored) return false;
        restored |= before is not null;
        if (restored)
        {
            foreach (var step in steps) step(connection, time.GetUtcNow());
            log?.BegunAnew(server.Text.Database!);
        }

        connection.Execute("DELETE FROM store_place; INSERT INTO store_place VALUES (@place)", new { place });
        return restored;
    }

    public async ValueTask DisposeAsync()
    {
        Forget();
        if (writer is not null) await writer.DisposeAsync().ConfigureAwait(false);
        await server.Writer.DisposeAsync().ConfigureAwait(false);
        await server.Readers.DisposeAsync().ConfigureAwait(false);
    }

    private static DbTransaction BeginOn(PostgresConnection connection)
    {
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            connection.Execute($"SELECT pg_advisory_xact_lock({Writing})");
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    // Statements first: they belong to the connection.
    private void Forget()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        statements.Clear();
    }

    private PostgresConnection Reconnect()
    {
        Forget();
        writer?.Dispose();
        writer = null;
        if (takenOver.Task.IsCompleted) throw new InvalidOperationException($"another hub has taken {server.Text.Database} at {server.Place} over");
        var connection = new PostgresConnection(server.Writer.OpenConnection(), bound: null);
        try
        {
            if (serves) ServeAgain(connection);
            writer = connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        if (lostAt is { } since) log?.DatabaseAgain(server.Place, (int)time.GetElapsedTime(since).TotalSeconds);
        lostAt = null;
        return connection;
    }

    // The lock is a session's, so that no hub writes whose connection the server has given up.
    private void ServeAgain(PostgresConnection connection)
    {
        while (!connection.QuerySingle<bool>($"SELECT pg_try_advisory_lock({Serving})"))
        {
            var holder = Holder(connection);
            if (holder is null) continue;
            if (holder != server.Name)
            {
                log?.TakenOver(holder);
                takenOver.TrySetResult();
                throw new InvalidOperationException($"{holder} has taken {server.Text.Database} at {server.Place} over while this hub had lost it");
            }

            // What the server still takes for ours: a connection whose end it has not heard of.
            connection.Execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name=@Name AND pid<>pg_backend_pid() AND datname=current_database()", new { server.Name });
        }
    }

    private void TakeServing(PostgresConnection connection, bool wait)
    {
        for (var told = false; !connection.QuerySingle<bool>($"SELECT pg_try_advisory_lock({Serving})"); told = true)
        {
            if (!wait) throw new InvalidOperationException($"{Holder(connection) ?? "a hub"} serves database {server.Text.Database} at {server.Place}: end it first");
            if (!told) log?.StandingBy(Holder(connection) ?? "another hub", server.Text.Database!, server.Place);
            using var never = new ManualResetEventSlim();
            never.Wait(Standby);
        }
    }

    private static string? Holder(PostgresConnection connection) => connection.QueryFirstOrDefault<string>(
        """
        SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid=l.pid
        WHERE l.locktype='advisory' AND l.classid=311 AND l.objid=1 AND l.objsubid=2 AND l.granted AND a.datname=current_database() LIMIT 1
        """);

    // Whoever comes while another process migrates finds it done.
    private static void Migrate(PostgresConnection connection)
    {
        connection.Execute($"SET lock_timeout=0; SELECT pg_advisory_lock({Migrating})", commandTimeout: 0);
        try
        {
            Migrator.Run(connection, "postgres", TimeProvider.System);
        }
        finally
        {
            if (connection.State == ConnectionState.Open) connection.Execute($"SELECT pg_advisory_unlock({Migrating}); RESET lock_timeout");
        }
    }
}
