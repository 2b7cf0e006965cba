using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Tracks;

/// <summary>
/// Gathers the fixes of a shift into track records. A track ends after <see cref="TracksOptions.Seconds"/>, when it
/// is full, when the shift changes, and when the receiver's time steps back.
/// </summary>
public sealed class TrackCollector(TracksOptions options, ShiftGate gate, DiskOutbox outbox, DeviceClock clock)
{
    // A track whose fixes span more is refused by the hub.
    private static readonly TimeSpan LongestSpan = TimeSpan.FromMinutes(30);

    private readonly Lock one = new();
    private readonly List<TrackFix> fixes = [];
    private Duty? duty;
    private Fix? first;

    public void Add(Fix fix)
    {
        if (gate.Kind == VehicleKind.SensorOnly) return;
        var passage = gate.Pass(clock.Boot, fix.MonotonicMs);
        lock (one)
        {
            if (first is not null && (passage.Duty != duty || fix.FixTime < fixes[^1].Time || fix.FixTime - first.FixTime > LongestSpan)) Close();
            if (!passage.Allowed) return;
            first ??= fix;
            duty = passage.Duty;
            fixes.Add(new TrackFix(fix.FixTime, fix.At, fix.SpeedMps, fix.CourseDeg, fix.Hdop));
            if (fixes.Count >= options.Fixes || IsDue()) Close();
        }
    }

    /// <summary>Closes a track that is old enough; called now and then, so that one ends also when no fix comes.</summary>
    public void CloseIfDue()
    {
        lock (one)
        {
            if (first is not null && IsDue()) Close();
        }
    }

    /// <summary>Closes the track under way: the shift changed, or the agent ends.</summary>
    public void CloseNow()
    {
        lock (one)
        {
            if (first is not null) Close();
        }
    }

    private bool IsDue() => clock.MonotonicMs - first!.MonotonicMs >= options.Seconds * 1000;

    private void Close()
    {
        var record = new WireRecord { Seq = 0, Stamp = clock.StampFor(first!), Duty = duty, Track = Track.FromFixes(fixes) };
        outbox.Append(record, RecordPriority.Track);
        fixes.Clear();
        first = null;
    }
}
