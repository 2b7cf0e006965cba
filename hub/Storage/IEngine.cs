using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// What differs between the kinds of database. One thread writes: whatever says so is called on it alone.
/// </summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>Completes when another hub has taken this one's database over; never otherwise.</summary>
    Task TakenOver { get; }

    /// <summary>Behind a SELECT that claims rows: others pass over what is claimed instead of waiting for it. Empty where one writer holds the file.</summary>
    string SkipLocked { get; }

    /// <summary>Begins a write transaction, after connecting again where the server was lost. On the writer's thread.</summary>
    DbTransaction Begin();

    /// <summary>A statement of the writing connection that stays prepared. On the writer's thread.</summary>
    Statement Statement(string sql);

    /// <summary>Holds locks of these numbers until the transaction ends, taken in their order. On the writer's thread.</summary>
    void Lock(DbTransaction transaction, IEnumerable<long> numbers);

    /// <summary>After a transaction, behind the answer to whoever waited for it. On the writer's thread.</summary>
    void Turned();

    /// <inheritdoc cref="Database.ReadAsync"/>
    Task<T> ReadAsync<T>(Func<DbConnection, T> query, CancellationToken cancel);

    /// <summary>Runs steps, in a transaction, when this is a copy that was restored since a hub served it.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="steps">What a restored copy must begin anew.</param>
    /// <param name="restored">It is one, for certain.</param>
    /// <returns>True when it was.</returns>
    bool BeginAnew(DbConnection connection, IReadOnlyList<BackupStep> steps, bool restored);
}
