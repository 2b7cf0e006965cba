using System.Collections.Concurrent;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// The newest position of each vehicle, in memory only. A position that is older than the one held is counted and dropped:
/// late data never moves a marker backwards.
/// </summary>
public sealed class LivePositions(IngestOptions options)
{
    private readonly ConcurrentDictionary<string, LivePositionReceived> newest = new(StringComparer.Ordinal);
    private long late;

    /// <summary>
    /// A newer position, and the one before it. Runs on the thread of the live lane; must return at once and not throw.
    /// </summary>
    public event Action<LivePositionReceived, LivePositionReceived?>? Received;

    /// <summary>Positions that came behind a newer one.</summary>
    public long Late => Interlocked.Read(ref late);

    /// <summary>Null while none was heard in this run, and off shift.</summary>
    public LivePositionReceived? Newest(string vehicle) => newest.GetValueOrDefault(vehicle);

    /// <summary>Called by one thread at a time.</summary>
    internal void Publish(LivePositionReceived position)
    {
        var before = Newest(position.Vehicle.Id);
        if (before is not null && IsLate(position, before))
        {
            Interlocked.Increment(ref late);
            return;
        }

        newest[position.Vehicle.Id] = position;
        Received?.Invoke(position, before);
    }

    /// <summary>The crew is off shift: where the vehicle is, is nobody's business any more.</summary>
    internal void Forget(string vehicle) => newest.TryRemove(vehicle, out _);

    /// <summary>
    /// Within a boot the monotonic clock decides, which no correction of the wall clock bends; over a boot the wall clock,
    /// unless the held position has gone stale: a Raspberry Pi may boot in 1970.
    /// </summary>
    private bool IsLate(LivePositionReceived position, LivePositionReceived held)
    {
        var (stamp, known) = (position.Position.Stamp, held.Position.Stamp);
        return stamp.Boot == known.Boot
            ? (stamp.MonotonicMs, stamp.DeviceTime).CompareTo((known.MonotonicMs, known.DeviceTime)) <= 0
            : stamp.DeviceTime <= known.DeviceTime && position.ReceivedTime - held.ReceivedTime <= options.PositionStale;
    }
}
