using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// The hub's SQLite database: one writer that takes transactions from a line, people before bulk, and a bounded number of
/// read-only connections. A transaction is durable (WAL, synchronous FULL) when <see cref="WriteAsync{T}"/> returns.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly Channel<Action<DbConnection>> interactive;
    private readonly Channel<Action<DbConnection>> bulk;
    private readonly SemaphoreSlim work = new(0);
    // Half of what somebody may have to wait: the commit comes on top.
    private static readonly TimeSpan BulkTurn = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan BulkAlone = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim readers;
    private readonly string readConnectionString;
    private readonly TimeSpan longestRead;
    private readonly SqliteConnection writer;
    private readonly Statements statements;
    private readonly WalKeeper keeper;
    private readonly ReactionCatalogue reactions;
    private readonly IReadOnlyList<ICommitListener> listeners;
    private readonly TimeProvider time;
    private readonly ILogger? log;
    private readonly Task writerLoop;
    private readonly CancellationTokenSource stop = new();
    private long worked;

    public Database(StorageOptions options, ReactionCatalogue reactions, IEnumerable<ICommitListener> listeners, TimeProvider time, ILogger<Database>? log = null)
    {
        this.log = log;
        this.reactions = reactions;
        this.listeners = [.. listeners];
        this.time = time;
        Folder = DataFolder.Create(options.Folder);
        var path = Path.Combine(Folder, DataFolder.DatabaseFile);
        writer = OpenWriter(path, time);
        statements = new Statements(writer);
        LogMb = options.LogMb;
        keeper = new WalKeeper(writer, path, LogMb);
        readConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
        }.ToString();
        readers = new SemaphoreSlim(options.Readers);
        longestRead = options.LongestRead;
        interactive = Channel.CreateBounded<Action<DbConnection>>(options.WriteQueue);
        bulk = Channel.CreateBounded<Action<DbConnection>>(options.WriteQueue);
        writerLoop = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Absolute path of the data folder.</summary>
    public string Folder { get; }

    /// <inheritdoc cref="StorageOptions.LogMb"/>
    internal int LogMb { get; }

    /// <summary>How long the writer has worked for people and vehicles.</summary>
    internal TimeSpan Worked => TimeSpan.FromTicks(Volatile.Read(ref worked));

    /// <summary>Runs <paramref name="action"/> in one transaction; an exception rolls it back and comes out here.</summary>
    public async Task<T> WriteAsync<T>(Func<WriteScope, T> action, WritePriority priority, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = priority == WritePriority.Interactive ? interactive : bulk;
        await line.Writer.WriteAsync(connection => RunOne(connection, action, done), cancel).ConfigureAwait(false);
        work.Release();
        return await done.Task.ConfigureAwait(false);
    }

    public Task WriteAsync(Action<WriteScope> action, WritePriority priority, CancellationToken cancel) =>
        WriteAsync(scope =>
        {
            action(scope);
            return true;
        }, priority, cancel);

    /// <summary>Works through something long in transactions that give way, bulk after people and vehicles.</summary>
    /// <param name="slice">One transaction's part of the work, which ends at <see cref="WriteScope.MustYield"/>; false when nothing is left.</param>
    /// <param name="cancel">Ends it between two slices.</param>
    public async Task WriteInSlicesAsync(Func<WriteScope, bool> slice, CancellationToken cancel)
    {
        while (await WriteAsync(slice, WritePriority.Bulk, cancel).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Runs <paramref name="query"/> on a read-only connection, in one snapshot.</summary>
    /// <exception cref="TimeoutException">It took longer than <see cref="StorageOptions.LongestRead"/>.</exception>
    public async Task<T> ReadAsync<T>(Func<DbConnection, T> query, CancellationToken cancel)
    {
        await readers.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await using var connection = new SqliteConnection(readConnectionString);
            await connection.OpenAsync(cancel).ConfigureAwait(false);
            await using var snapshot = connection.BeginTransaction(deferred: true);
            return new ReadBound(longestRead, time, cancel).Run(connection, query);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == ReadBound.Interrupted)
        {
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"a read took longer than Storage:LongestRead ({longestRead}): ask for less, or set it higher", e);
        }
        finally
        {
            readers.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        interactive.Writer.TryComplete();
        bulk.Writer.TryComplete();
        await stop.CancelAsync().ConfigureAwait(false);
        work.Release();
        await writerLoop.ConfigureAwait(false);
        keeper.Dispose();
        statements.Dispose();
        await writer.DisposeAsync().ConfigureAwait(false);
        SqliteConnection.ClearPool(new SqliteConnection(readConnectionString));
        stop.Dispose();
        work.Dispose();
        readers.Dispose();
    }

    /// <exception cref="InvalidOperationException">The file cannot be used; says which and why.</exception>
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

    private void RunOne<T>(DbConnection connection, Func<WriteScope, T> action, TaskCompletionSource<T> done)
    {
        WriteScope? scope = null;
        try
        {
            T result;
            using (var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false))
            {
                var began = time.GetTimestamp();
                scope = new WriteScope(connection, transaction, statements,
                    () => time.GetElapsedTime(began) >= (interactive.Reader.Count > 0 ? BulkTurn : BulkAlone), reactions.ByEvent, time);
                result = action(scope);
                transaction.Commit();
            }

            if (scope.Raised.Count > 0) Tell(scope.Raised);
            done.SetResult(result);
        }
        catch (Exception e)
        {
            scope?.GiveUp();
            done.SetException(e);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The transaction is durable: a listener's bug must not make it look failed.")]
    private void Tell(IReadOnlyList<object> raised)
    {
        reactions.Wake();
        foreach (var listener in listeners)
        {
            try
            {
                listener.Committed(raised);
            }
            catch (Exception e)
            {
                log?.ListenerFailed(e, listener.GetType().Name);
            }
        }
    }

    private void WriteLoop()
    {
        while (true)
        {
            work.Wait();
            var began = time.GetTimestamp();
            if (interactive.Reader.TryRead(out var item))
            {
                Run(item);
                Volatile.Write(ref worked, worked + time.GetElapsedTime(began).Ticks);
            }
            else if (bulk.Reader.TryRead(out item)) Run(item);
            else if (stop.IsCancellationRequested) return;
        }

        void Run(Action<DbConnection> item)
        {
            item(writer);
            // Behind the answer: whoever waits for the transaction does not wait for this.
            keeper.Committed();
        }
    }
}
