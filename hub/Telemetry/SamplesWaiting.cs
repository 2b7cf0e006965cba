namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>
/// Measurements that wait for the store, in memory and bounded. When it is full the oldest go, and are counted: whoever measures
/// never waits.
/// </summary>
public sealed class SamplesWaiting(TelemetryOptions options)
{
    private readonly LinkedList<Point> points = new();
    private readonly Lock gate = new();
    private long first;

    /// <summary>Points that went because it was full.</summary>
    public long Dropped { get; private set; }

    public int Count
    {
        get
        {
            lock (gate) return points.Count;
        }
    }

    public void Add(Point point)
    {
        lock (gate)
        {
            points.AddLast(point);
            if (points.Count <= options.QueuePoints) return;
            points.RemoveFirst();
            first++;
            Dropped++;
        }
    }

    /// <summary>The oldest ones, which stay until <see cref="Remove"/>.</summary>
    public (long From, IReadOnlyList<Point> Points) Peek(int most)
    {
        lock (gate) return (first, [.. points.Take(most)]);
    }

    /// <summary>Removes what was peeked at, as far as it has not gone by itself.</summary>
    public void Remove(long from, int count)
    {
        lock (gate)
        {
            for (; first < from + count && points.First is not null; first++) points.RemoveFirst();
        }
    }
}
