using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Keeps every action of a crew and folds the orders it touches. An action on an order that the hub doesn't know is kept
/// too: it is somebody's work.
/// </summary>
public sealed class ProjectActions(WorkOrdersOptions options, TrueTime times, FixedHere fixedHere, InspectionFinding findings, CrewReport reports, RefoldOrders refold, CityEdge edge) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        var touched = new SortedSet<string>(StringComparer.Ordinal);
        TicketStore.LockAround(scope, records.Select(r => r.Record.Action).Where(a => a is { Kind: CrewActionKind.FixedHere or CrewActionKind.Point or CrewActionKind.Report, At: not null }).Select(a => a!.At!.Value), options.FixedHereM);
        foreach (var stored in records.Where(r => r.Record.Action is not null))
        {
            var e = Read(stored, times.MsOf(scope, stored));
            if (e.Kind == OrderEventKind.Duress) CrewAlertStore.Raise(scope, e, stored.ReceivedTime);
            if (e.Order is null && e.Kind == OrderEventKind.FixedHere) e = e with { Order = fixedHere.OrderFor(scope, e, stored.Record.Action!.Service) };
            if (e.Undoes is { } target)
            {
                // Of a fill that also closed the request beside it, both are taken back.
                var undone = OrderEventStore.OrdersOfAction(scope, target);
                e = e with { Order = e.Order ?? undone.FirstOrDefault() };
                touched.UnionWith(undone);
                CrewAlertStore.TakeBack(scope, target, e.AtMs);
            }

            e = WithDistance(scope, e);
            var isNew = e.Action is null || OrderEventStore.OrderOfAction(scope, e.Action) is null;
            reports.Open(scope, e, stored.Record.Action!.Service);
            OrderEventStore.Add(scope, e);
            if (e.Order is null) continue;
            touched.Add(e.Order);
            if (isNew && e.Kind is OrderEventKind.Point or OrderEventKind.FixedHere)
            {
                findings.Report(scope, e);
                foreach (var order in fixedHere.Beside(scope, e))
                {
                    OrderEventStore.Add(scope, WithDistance(scope, OrderEventStore.BesideOf(e, order)));
                    touched.Add(order);
                }
            }

            // What takes it back may have come first, and what takes that back.
            if (e.Action is not null) OrderEventStore.Adopt(scope, e.Action, e.Order);
        }

        foreach (var retimed in times.Retimed(scope, records)) touched.UnionWith(OrderEventStore.Retime(scope, retimed));
        foreach (var order in touched) refold.Refold(scope, order);
    }

    private OrderEvent WithDistance(WriteScope scope, OrderEvent e)
    {
        if (e.At is not { } at || e.Order is null || e.Kind == OrderEventKind.Seen || OrderStore.Find(scope, e.Order) is not { } order) return e;
        var distance = Math.Round(order.DistanceM(at), 1);
        // Accepting happens wherever the crew is; work happens at the job. What a crew found has no other place than where it was.
        var atJob = e.Kind is not (OrderEventKind.Accept or OrderEventKind.Acknowledge or OrderEventKind.Undo or OrderEventKind.Duress or OrderEventKind.Use)
            && order.RunKey is null;
        // Work is never refused for where it was: outside the city it is marked.
        var outside = e.Kind is OrderEventKind.FixedHere or OrderEventKind.Point && edge.IsOutside(at);
        return e with { DistanceM = distance, Far = outside || (atJob && distance > options.FarM + (e.AccuracyM ?? 0)) };
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
