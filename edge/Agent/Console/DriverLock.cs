using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>
/// Whether the vehicle moves too fast for anybody to look at a screen. Locks with the first fast fix, unlocks after a time
/// of slow ones, or when there has been none for a minute: a receiver that broke on the road must not lock the crew out.
/// </summary>
public sealed class DriverLock(ConsoleOptions options, DeviceClock clock)
{
    private const long WithoutFixMs = 60_000;

    // Monotonic milliseconds of the last fast fix.
    private long fastAt = long.MinValue;
    private long heardAt;

    public bool IsLocked
    {
        get
        {
            var fast = Interlocked.Read(ref fastAt);
            if (fast == long.MinValue) return false;
            // Slower since then, if there were fixes after the last fast one; with none after it, that one still counts.
            var slower = Interlocked.Read(ref heardAt) > fast;
            return clock.MonotonicMs - fast < (slower ? (long)(options.UnlockSeconds * 1000) : WithoutFixMs);
        }
    }

    public void Hear(Fix fix)
    {
        Interlocked.Exchange(ref heardAt, fix.MonotonicMs);
        if (options.LockAboveMps > 0 && fix.SpeedMps > options.LockAboveMps) Interlocked.Exchange(ref fastAt, fix.MonotonicMs);
    }
}
