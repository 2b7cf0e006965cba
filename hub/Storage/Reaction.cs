using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// What one capability does when another says that something happened. Each pending event is taken and marked done in the
/// reaction's own transaction, so it takes effect once, also after a crash.
/// </summary>
public interface IReaction
{
    /// <summary>Stable name, such as "tickets.site-supported": it is stored with pending events.</summary>
    string Name { get; }

    Type EventType { get; }

    void React(WriteScope scope, string body);
}

/// <inheritdoc cref="IReaction"/>
public abstract class Reaction<TEvent> : IReaction
    where TEvent : notnull
{
    public abstract string Name { get; }

    public Type EventType => typeof(TEvent);

    public void React(WriteScope scope, string body) =>
        React(scope, JsonSerializer.Deserialize<TEvent>(body) ?? throw new InvalidOperationException($"{Name}: empty event"));

    protected abstract void React(WriteScope scope, TEvent hubEvent);
}
