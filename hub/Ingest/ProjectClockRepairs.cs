using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Keeps what vehicles found out about their clocks, and which work has no GPS time of its own. First of all projections,
/// so that those behind it know the repairs of their batch.
/// </summary>
public sealed class ProjectClockRepairs(TrueTime times) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        foreach (var stored in records)
        {
            if (stored.Record.Clock is { } repair) ClockRepairStore.Add(scope, stored, repair);
            if ((stored.Record.Action is not null || stored.Record.Shift is not null)
                && times.FixMs(stored.Record.Stamp, stored.ReceivedTime.ToUnixTimeMilliseconds()) is null)
                ClockRepairStore.AddUnsure(scope, UnsureTime.Of(stored));
        }
    }
}
