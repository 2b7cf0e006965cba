using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Tracks;

/// <summary>
/// Gathers the fixes of a shift into blocks of a minute. Every few seconds the block so far is saved as the outbox's draft;
/// it becomes a record after <see cref="TracksOptions.Seconds"/>, when it is full, when the shift changes, and when the
/// receiver's time steps back.
/// </summary>
public sealed class TrackCollector(TracksOptions options, ShiftGate gate, DiskOutbox outbox, DeviceClock clock)
{
    private readonly Lock one = new();
    private readonly List<TrackFix> fixes = [];
    private readonly TimeSpan longest = TimeSpan.FromSeconds(options.Seconds);
    private Duty? duty;
    private Fix? first;
    private int saved;
    private long savedMs;

    /// <summary>How often <see cref="TendAsync"/> is called.</summary>
    public TimeSpan Beat => TimeSpan.FromSeconds(Math.Min(0.5, Math.Min(options.Seconds, options.DraftSeconds)));

    public void Add(Fix fix)
    {
        if (gate.Kind == VehicleKind.SensorOnly) return;
        var passage = gate.Pass(clock.Boot, fix.MonotonicMs);
        lock (one)
        {
            if (first is not null && (passage.Duty != duty || fix.FixTime < fixes[^1].Time || fix.FixTime - first.FixTime >= longest)) Close();
            if (!passage.Allowed) return;
            if (first is null)
            {
                first = fix;
                savedMs = clock.MonotonicMs;
            }

            duty = passage.Duty;
            fixes.Add(new TrackFix(fix.FixTime, fix.At, fix.SpeedMps, fix.CourseDeg, fix.Hdop));
            if (fixes.Count >= options.Fixes || IsDue()) Close();
        }
    }

    /// <summary>
    /// Ends a block that is old enough, also when no fix comes, and saves the one under way when that is due.
    /// </summary>
    public async ValueTask TendAsync(CancellationToken stop)
    {
        WireRecord draft;
        long number;
        int count;
        lock (one)
        {
            if (first is not null && IsDue()) Close();
            if (fixes.Count == saved || clock.MonotonicMs - savedMs < options.DraftSeconds * 1000) return;
            draft = Record();
            number = outbox.Draft;
            count = fixes.Count;
            savedMs = clock.MonotonicMs;
        }

        bool fits;
        try
        {
            fits = await outbox.SaveDraftAsync(number, draft, stop).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The outbox says so when it cannot write; the block is saved at the next beat, or as a record.
            return;
        }

        lock (one)
        {
            if (number != outbox.Draft || first is null) return;
            saved = count;
            if (!fits) Close();
        }
    }

    /// <summary>Ends the block under way: the shift changed, or the agent ends.</summary>
    public void CloseNow()
    {
        lock (one)
        {
            if (first is not null) Close();
        }
    }

    private bool IsDue() => clock.MonotonicMs - first!.MonotonicMs >= options.Seconds * 1000;

    private WireRecord Record() => new() { Seq = 0, Stamp = clock.StampFor(first!), Duty = duty, Track = Track.FromFixes(fixes) };

    private void Close()
    {
        outbox.AppendBlock(Record(), RecordPriority.Track);
        fixes.Clear();
        first = null;
        saved = 0;
    }
}
