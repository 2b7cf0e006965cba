using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>
/// Hears what was committed and hands each event to whoever in the feed wants its type. Knows no store, because the
/// database knows it.
/// </summary>
public sealed class LiveInbox : ICommitListener
{
    private readonly Dictionary<Type, Action<object>> takers = [];

    /// <summary>Called while the feed is put together, before the first commit.</summary>
    public void Hear<TEvent>(Action<TEvent> take)
        where TEvent : notnull => takers[typeof(TEvent)] = takers.GetValueOrDefault(typeof(TEvent)) + (e => take((TEvent)e));

    public void Committed(IReadOnlyList<object> hubEvents)
    {
        foreach (var hubEvent in hubEvents)
        {
            if (takers.TryGetValue(hubEvent.GetType(), out var take)) take(hubEvent);
        }
    }
}
