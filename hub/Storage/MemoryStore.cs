namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// The hub's tables in memory, for work that is thrown away: a rehearsal of rules, for one. What is raised in it becomes rows,
/// and nothing hears of it. One thread at a time.
/// </summary>
/// <param name="reactions">Which reactions get rows for what is raised.</param>
/// <param name="time">The clock of its transactions.</param>
public sealed class MemoryStore(ReactionCatalogue reactions, TimeProvider time) : IAsyncDisposable
{
    private readonly SqliteEngine engine = new(time);

    /// <summary>Runs <paramref name="action"/> in one transaction; an exception rolls it back and comes out here.</summary>
    public T Write<T>(Func<WriteScope, T> action)
    {
        using var transaction = engine.Begin();
        var scope = new WriteScope(engine, transaction, () => false, reactions.ByEvent, time);
        try
        {
            var result = action(scope);
            transaction.Commit();
            return result;
        }
        catch
        {
            scope.GiveUp();
            throw;
        }
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
