using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>SQL of the tables <c>clock_repairs</c> and <c>unsure_times</c>.</summary>
public static class ClockRepairStore
{
    public static void Add(WriteScope scope, StoredRecord stored, ClockRepair repair) =>
        scope.Execute(
            """
            INSERT INTO clock_repairs (vehicle, boot, epoch, seq, mono_ms, offset_ms, uncertainty_ms)
            VALUES (@Vehicle, @Boot, @Epoch, @Seq, @MonotonicMs, @OffsetMs, @UncertaintyMs)
            """,
            new { stored.Vehicle, repair.Boot, stored.Epoch, stored.Record.Seq, stored.Record.Stamp.MonotonicMs, repair.OffsetMs, repair.UncertaintyMs });

    public static IReadOnlyList<BootOffset> Of(WriteScope scope, string vehicle, string boot) =>
        [.. scope.Query<(long MonotonicMs, long OffsetMs, long UncertaintyMs)>(
                "SELECT mono_ms, offset_ms, uncertainty_ms FROM clock_repairs WHERE vehicle=@vehicle AND boot=@boot", new { vehicle, boot })
            .Select(r => new BootOffset(r.MonotonicMs, r.OffsetMs, r.UncertaintyMs))];

    public static void AddUnsure(WriteScope scope, UnsureTime unsure) =>
        scope.Execute(
            """
            INSERT INTO unsure_times (vehicle, boot, epoch, seq, mono_ms, device_ms, clock, received_ms)
            VALUES (@Vehicle, @Boot, @Epoch, @Seq, @MonotonicMs, @DeviceMs, @Clock, @ReceivedMs)
            """,
            unsure);

    public static IReadOnlyList<UnsureTime> Unsure(WriteScope scope, string vehicle, string boot) =>
        [.. scope.Query<UnsureTime>(
            """
            SELECT vehicle AS Vehicle, boot AS Boot, epoch AS Epoch, seq AS Seq, mono_ms AS MonotonicMs, device_ms AS DeviceMs, clock AS Clock,
              received_ms AS ReceivedMs
            FROM unsure_times WHERE vehicle=@vehicle AND boot=@boot ORDER BY epoch, seq
            """,
            new { vehicle, boot })];
}
