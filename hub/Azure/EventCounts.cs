using System.Collections.Concurrent;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>What came from Event Grid since the start, for whoever sets it up.</summary>
internal sealed class EventCounts
{
    private readonly ConcurrentDictionary<string, long> counts = new(StringComparer.Ordinal);
    private long lastMs;

    /// <summary>Words of this capability only, never what was sent.</summary>
    public void Add(string what, long count = 1) => counts.AddOrUpdate(what, count, (_, before) => before + count);

    public void Heard(DateTimeOffset now) => Interlocked.Exchange(ref lastMs, now.ToUnixTimeMilliseconds());

    public DateTimeOffset? Last => Interlocked.Read(ref lastMs) is var ms and not 0 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    public IReadOnlyDictionary<string, long> All => new SortedDictionary<string, long>(counts, StringComparer.Ordinal);
}
