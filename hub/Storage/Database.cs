using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// The hub's database, SQLite or PostgreSQL: one writer that takes transactions from a line, people before bulk, and a bounded
/// number of read-only connections. A transaction is durable when <see cref="WriteAsync{T}"/> returns.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly Channel<Action> interactive;
    private readonly Channel<Action> bulk;
    private readonly SemaphoreSlim work = new(0);
    // Half of what somebody may have to wait: the commit comes on top.
    private static readonly TimeSpan BulkTurn = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan BulkAlone = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim readers;
    private readonly IEngine engine;
    private readonly TimeSpan longestRead;
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
        LogMb = options.LogMb;
        Kind = options.Kind;
        engine = Kind == StorageKind.Postgres ? new PostgresEngine(options, time, log) : new SqliteEngine(options, Folder, time);
        readers = new SemaphoreSlim(options.Readers);
        longestRead = options.LongestRead;
        interactive = Channel.CreateBounded<Action>(options.WriteQueue);
        bulk = Channel.CreateBounded<Action>(options.WriteQueue);
        writerLoop = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Absolute path of the data folder.</summary>
    public string Folder { get; }

    /// <inheritdoc cref="StorageOptions.Kind"/>
    public StorageKind Kind { get; }

    /// <inheritdoc cref="IEngine.TakenOver"/>
    internal Task TakenOver => engine.TakenOver;

    /// <inheritdoc cref="StorageOptions.LogMb"/>
    internal int LogMb { get; }

    /// <summary>How long the writer has worked for people and vehicles.</summary>
    internal TimeSpan Worked => TimeSpan.FromTicks(Volatile.Read(ref worked));

    /// <summary>Runs <paramref name="action"/> in one transaction; an exception rolls it back and comes out here.</summary>
    public async Task<T> WriteAsync<T>(Func<WriteScope, T> action, WritePriority priority, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = priority == WritePriority.Interactive ? interactive : bulk;
        await line.Writer.WriteAsync(() => RunOne(action, done), cancel).ConfigureAwait(false);
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
            return await engine.ReadAsync(query, cancel).ConfigureAwait(false);
        }
        catch (DbException e) when (ReadBound.IsInterrupted(e))
        {
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"a read took longer than Storage:LongestRead ({longestRead}): ask for less, or set it higher", e);
        }
        finally
        {
            readers.Release();
        }
    }

    /// <summary>
    /// Runs steps on a database that was restored since a hub served it, so that this hub takes up nothing that the lost one has
    /// done since. A copy of a SQLite file was changed when it was made.
    /// </summary>
    /// <param name="steps">What such a copy must begin anew.</param>
    /// <param name="restored">It was restored just now.</param>
    /// <param name="cancel">Gives up before it begins.</param>
    /// <returns>True when it was.</returns>
    public Task<bool> BeginAnewAsync(IReadOnlyList<BackupStep> steps, bool restored, CancellationToken cancel) =>
        WriteAsync(scope => engine.BeginAnew(scope.Connection, steps, restored), WritePriority.Interactive, cancel);

    public async ValueTask DisposeAsync()
    {
        interactive.Writer.TryComplete();
        bulk.Writer.TryComplete();
        await stop.CancelAsync().ConfigureAwait(false);
        work.Release();
        await writerLoop.ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
        stop.Dispose();
        work.Dispose();
        readers.Dispose();
    }

    private void RunOne<T>(Func<WriteScope, T> action, TaskCompletionSource<T> done)
    {
        WriteScope? scope = null;
        try
        {
            T result;
            using (var transaction = engine.Begin())
            {
                var began = time.GetTimestamp();
                scope = new WriteScope(engine, transaction,
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

        void Run(Action item)
        {
            item();
            // Behind the answer: whoever waits for the transaction does not wait for this.
            engine.Turned();
        }
    }
}
