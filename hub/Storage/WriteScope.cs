using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// One write transaction. What is raised here becomes pending rows for every reaction that listens, in this same
/// transaction; listeners in memory hear of it after the commit.
/// </summary>
public sealed class WriteScope
{
    private readonly IReadOnlyDictionary<Type, string[]> reactionsByEvent;
    private readonly TimeProvider time;
    private readonly List<object> raised = [];
    private readonly IEngine engine;
    private readonly Func<bool> mustYield;
    private Action? ifGivenUp;

    internal WriteScope(
        IEngine engine, DbTransaction transaction, Func<bool> mustYield, IReadOnlyDictionary<Type, string[]> reactionsByEvent, TimeProvider time)
    {
        this.mustYield = mustYield;
        Connection = transaction.Connection!;
        this.engine = engine;
        Transaction = transaction;
        this.reactionsByEvent = reactionsByEvent;
        this.time = time;
    }

    public DbConnection Connection { get; }

    public DbTransaction Transaction { get; }

    /// <summary>The hub's clock, for columns that say when.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>
    /// True when this transaction has held the writer for its time and should end: nothing interrupts one, so whatever works
    /// in bulk asks after each step and does the rest in another.
    /// </summary>
    public bool MustYield => mustYield();

    /// <inheritdoc cref="IEngine.SkipLocked"/>
    internal string SkipLocked => engine.SkipLocked;

    internal IReadOnlyList<object> Raised => raised;

    internal void GiveUp() => ifGivenUp?.Invoke();

    /// <summary>Records that something happened. <typeparamref name="T"/> is a record that survives JSON.</summary>
    public void Raise<T>(T hubEvent)
        where T : notnull
    {
        raised.Add(hubEvent);
        if (!reactionsByEvent.TryGetValue(typeof(T), out var reactions)) return;
        var body = JsonSerializer.Serialize(hubEvent);
        foreach (var reaction in reactions)
        {
            Connection.Execute(
                "INSERT INTO event_pending (reaction, body, raised_ms, not_before_ms) VALUES (@reaction, @body, @now, 0)",
                new { reaction, body, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                Transaction);
        }
    }

    /// <summary>
    /// Holds these cells of a grid until the transaction ends, whatever process works on the others. Whoever looks for what is
    /// near and then opens something takes all cells in reach at once: they are taken in their order, so that no two wait for
    /// each other.
    /// </summary>
    public void LockCells(IEnumerable<long> cells) => engine.Lock(Transaction, cells);

    /// <summary>A statement of this connection that stays prepared over transactions, by its text.</summary>
    public Statement Statement(string sql) => engine.Statement(sql);

    /// <summary>What to do, on the writer's thread, when this transaction does not commit: what memory holds of it is not so.</summary>
    public void IfGivenUp(Action undo) => ifGivenUp += undo;

    public int Execute(string sql, object? parameters = null) => Connection.Execute(sql, parameters, Transaction);

    public IEnumerable<T> Query<T>(string sql, object? parameters = null) => Connection.Query<T>(sql, parameters, Transaction);

    public T? QueryFirstOrDefault<T>(string sql, object? parameters = null) =>
        Connection.QueryFirstOrDefault<T>(sql, parameters, Transaction);
}
