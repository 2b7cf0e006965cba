using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Takes every action that vehicles bring, and folds the orders it touches.</summary>
public sealed class ProjectActions(WorkOrdersOptions options, TrueTime times, TakeAction take, FillRuns runs, RefoldOrders refold) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        var touched = new SortedSet<string>(StringComparer.Ordinal);
        TicketStore.LockAround(scope, records.Select(r => r.Record.Action).Where(a => a is { Kind: CrewActionKind.FixedHere or CrewActionKind.Point or CrewActionKind.Report, At: not null }).Select(a => a!.At!.Value), options.FixedHereM);
        foreach (var stored in records.Where(r => r.Record.Action is not null))
            take.Take(scope, Read(stored, times.MsOf(scope, stored)), stored.Record.Action!.Service, stored.ReceivedTime, touched);
        foreach (var retimed in times.Retimed(scope, records))
        {
            touched.UnionWith(OrderEventStore.Retime(scope, retimed));
            runs.Settle(scope, retimed, touched);
        }

        foreach (var order in touched) refold.Refold(scope, order);
    }

    private static OrderEvent Read(StoredRecord stored, long atMs)
    {
        var (record, action) = (stored.Record, stored.Record.Action!);
        return new OrderEvent
        {
            Vehicle = stored.Vehicle,
            Epoch = stored.Epoch,
            Seq = record.Seq,
            Order = action.Order,
            Kind = Kind(action.Kind),
            AtMs = atMs,
            FixMs = record.Stamp is { Replay: true, FixTime: { } fix } ? fix.ToUnixTimeMilliseconds() : atMs,
            DeviceMs = record.Stamp.DeviceTime.ToUnixTimeMilliseconds(),
            Replay = record.Stamp.Replay,
            Crew = record.Duty?.Crew,
            Shift = record.Duty?.Shift,
            Member = record.Duty?.Member,
            Action = action.Id,
            Undoes = action.Undoes,
            Reason = action.Reason,
            Note = action.Note,
            Automatic = action.Automatic,
            At = action.At,
            AccuracyM = action.AccuracyM,
            Resolution = action.Resolution,
            UntilMs = action.Until?.ToUnixTimeMilliseconds(),
            To = action.To,
            Point = action.Point,
            Used = action.Used is { Length: > 0 } used ? [.. used.Where(u => u is { Code.Length: > 0 } && double.IsFinite(u.Quantity) && u.Quantity > 0)] : null,
        };
    }

    // The wire's names are these; the office's kinds aren't among them.
    private static OrderEventKind Kind(CrewActionKind kind) => Enum.TryParse<OrderEventKind>(kind.ToString(), out var known) ? known : OrderEventKind.Unknown;
}
