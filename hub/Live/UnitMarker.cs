using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>A unit on the map. Not a store: it ends with the process.</summary>
internal sealed class UnitMarker(int index)
{
    public int Index { get; } = index;

    /// <summary>The shown position; null while there is none to show.</summary>
    public LivePosition? Shown { get; private set; }

    public DateTimeOffset ShownReceived { get; private set; }

    /// <summary>
    /// Shows a position unless it is older than the shown one. Within a boot the monotonic clock decides, which no clock
    /// correction bends; over a boot the wall clock, unless the shown one has gone stale (a Pi that booted in 1970).
    /// </summary>
    public bool TryShow(LivePosition position, DateTimeOffset received, TimeSpan stale)
    {
        if (Shown is { } shown && IsLate(position.Stamp, shown.Stamp, received - ShownReceived > stale)) return false;
        Shown = position;
        ShownReceived = received;
        return true;
    }

    public void Hide() => Shown = null;

    private static bool IsLate(Stamp stamp, Stamp shown, bool shownIsStale) =>
        stamp.Boot == shown.Boot
            ? (stamp.MonotonicMs, stamp.DeviceTime).CompareTo((shown.MonotonicMs, shown.DeviceTime)) <= 0
            : stamp.DeviceTime <= shown.DeviceTime && !shownIsStale;
}
