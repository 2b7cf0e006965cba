using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// When a person did something, by the best that the hub knows: GPS time; else the repair of that boot's clock; else the
/// wall clock when something had set it; else the time of arrival. No clock, however wrong, costs the work. For rebased
/// recordings GPS time is not when the button was pressed and is passed over.
/// </summary>
public sealed class TrueTime(IngestOptions options)
{
    // Before the product: a calendar that nobody set, or a receiver whose week counter has rolled over.
    private static readonly long EarliestMs = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Unix milliseconds. Within the transaction, after <see cref="ProjectClockRepairs"/>.</summary>
    public long MsOf(WriteScope scope, StoredRecord stored) =>
        FixMs(stored.Record.Stamp, stored.ReceivedTime.ToUnixTimeMilliseconds())
        ?? MsOf(UnsureTime.Of(stored), ClockRepairStore.Of(scope, stored.Vehicle, stored.Record.Stamp.Boot));

    /// <summary>Actions and shift changes that the repairs among these records give another time.</summary>
    public IEnumerable<Retimed> Retimed(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        foreach (var (vehicle, boot) in records.Where(r => r.Record.Clock is not null).Select(r => (r.Vehicle, r.Record.Clock!.Boot)).Distinct())
        {
            var repairs = ClockRepairStore.Of(scope, vehicle, boot);
            foreach (var unsure in ClockRepairStore.Unsure(scope, vehicle, boot))
                yield return new Retimed(unsure.Vehicle, unsure.Epoch, unsure.Seq, MsOf(unsure, repairs));
        }
    }

    /// <summary>GPS time when there is one to believe; null otherwise.</summary>
    internal long? FixMs(Stamp stamp, long receivedMs) =>
        !stamp.Replay && stamp.FixTime?.ToUnixTimeMilliseconds() is { } ms && IsPlausible(ms, receivedMs) ? ms : null;

    internal long MsOf(UnsureTime unsure, IReadOnlyList<BootOffset> repairs)
    {
        // The least bound on the error wins, not the newest: a month later the crystal has drifted.
        var repaired = repairs
            .OrderBy(r => r.ErrorMsAt(unsure.MonotonicMs)).ThenBy(r => r.OffsetMs)
            .Select(r => r.OffsetMs + unsure.MonotonicMs)
            .FirstOrDefault(ms => IsPlausible(ms, unsure.ReceivedMs));
        if (repaired != 0) return repaired;
        return unsure.Clock != ClockSource.Unset && IsPlausible(unsure.DeviceMs, unsure.ReceivedMs) ? unsure.DeviceMs : unsure.ReceivedMs;
    }

    private bool IsPlausible(long ms, long receivedMs) => ms >= EarliestMs && ms <= receivedMs + (long)options.FutureTolerance.TotalMilliseconds;
}
