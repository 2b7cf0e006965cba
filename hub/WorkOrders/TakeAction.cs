using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Takes one action of a crew, whichever way it came: finds the order that it was on, keeps it, and says which orders to fold
/// again. An action on an order that the hub doesn't know is kept too: it is somebody's work.
/// </summary>
public sealed class TakeAction(WorkOrdersOptions options, FixedHere fixedHere, FillRuns runs, InspectionFinding findings, CrewReport reports, CityEdge edge)
{
    /// <param name="scope">The transaction.</param>
    /// <param name="e">The action; its order only where the crew named one.</param>
    /// <param name="service">Service that the crew named, for what it found and fixed.</param>
    /// <param name="received">When it got here.</param>
    /// <param name="touched">Orders to fold again are added.</param>
    /// <returns>The action as it is kept.</returns>
    public OrderEvent Take(WriteScope scope, OrderEvent e, string? service, DateTimeOffset received, ISet<string> touched)
    {
        if (e.Kind == OrderEventKind.Duress) CrewAlertStore.Raise(scope, e, received);
        if (e.Order is null && e.Kind == OrderEventKind.FixedHere) e = e with { Order = fixedHere.OrderFor(scope, e, service, touched) };
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
        reports.Open(scope, e, service);
        OrderEventStore.Add(scope, e);
        // Without that fill, another crew's may be the first of the hole.
        if (e.Undoes is { } taken) runs.Settle(scope, taken, touched);
        if (e.Order is null) return e;
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
        return e;
    }

    private OrderEvent WithDistance(WriteScope scope, OrderEvent e)
    {
        if (e.At is not { } at || e.Order is null || e.Kind == OrderEventKind.Seen || OrderStore.Find(scope, e.Order) is not { } order) return e;
        var distance = Math.Round(order.DistanceM(at), 1);
        // Accepting happens wherever the crew is; work happens at the job. What a crew found has no other place than where it was.
        var atJob = e.Kind is not (OrderEventKind.Accept or OrderEventKind.Acknowledge or OrderEventKind.Undo or OrderEventKind.Duress or OrderEventKind.Use or OrderEventKind.Note)
            && order.RunKey is null;
        // Work is never refused for where it was: outside the city it is marked.
        var outside = e.Kind is OrderEventKind.FixedHere or OrderEventKind.Point && edge.IsOutside(at);
        return e with { DistanceM = distance, Far = outside || (atJob && distance > options.FarM + (e.AccuracyM ?? 0)) };
    }
}
