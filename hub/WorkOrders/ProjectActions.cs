using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Keeps every action of a crew and folds the orders it touches. An action on an order that the hub doesn't know is kept
/// too: it is somebody's work.
/// </summary>
public sealed class ProjectActions(WorkOrdersOptions options, TrueTime times, FixedHere fixedHere, RefoldOrders refold) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        var touched = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var stored in records.Where(r => r.Record.Action is not null))
        {
            var e = Read(stored, times.MsOf(scope, stored));
            if (e.Order is null && e.Kind == OrderEventKind.FixedHere) e = e with { Order = fixedHere.OrderFor(scope, e, stored.Record.Action!.Service) };
            if (e.Order is null && e.Undoes is { } target) e = e with { Order = OrderEventStore.OrderOfAction(scope, target) };
            e = WithDistance(scope, e);
            OrderEventStore.Add(scope, e);
            if (e.Order is null) continue;
            touched.Add(e.Order);
            // What takes it back may have come first, and what takes that back.
            if (e.Action is not null) OrderEventStore.Adopt(scope, e.Action, e.Order);
        }

        foreach (var retimed in times.Retimed(scope, records))
        {
            if (OrderEventStore.Retime(scope, retimed) is { } order) touched.Add(order);
        }

        foreach (var order in touched) refold.Refold(scope, order);
    }

    private OrderEvent WithDistance(WriteScope scope, OrderEvent e)
    {
        if (e.At is not { } at || e.Order is null || e.Kind == OrderEventKind.Seen || OrderStore.Find(scope, e.Order) is not { } order) return e;
        var distance = Math.Round(at.DistanceMTo(order.At), 1);
        // Accepting happens wherever the crew is; work happens at the job.
        var atJob = e.Kind is not (OrderEventKind.Accept or OrderEventKind.Undo);
        return e with { DistanceM = distance, Far = atJob && distance > options.FarM + (e.AccuracyM ?? 0) };
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
        };
    }

    private static OrderEventKind Kind(CrewActionKind kind) => kind switch
    {
        CrewActionKind.Accept => OrderEventKind.Accept,
        CrewActionKind.Arrive => OrderEventKind.Arrive,
        CrewActionKind.Start => OrderEventKind.Start,
        CrewActionKind.Suspend => OrderEventKind.Suspend,
        CrewActionKind.Complete => OrderEventKind.Complete,
        CrewActionKind.CannotComplete => OrderEventKind.CannotComplete,
        CrewActionKind.FixedHere => OrderEventKind.FixedHere,
        CrewActionKind.Undo => OrderEventKind.Undo,
        CrewActionKind.Seen => OrderEventKind.Seen,
        _ => OrderEventKind.Unknown,
    };
}
