using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Finds the order for what a crew found and fixed on the spot: that of an open request right there, whoever it was given
/// to; or the crew's own of that area and working day, whose further points these are; or a new one, with its request, that
/// opens and closes in one go. A truck that fills sixty potholes along a few streets makes a few orders with many points.
/// </summary>
public sealed class FixedHere(WorkOrdersOptions options, ServiceCatalogue catalogue, OrderMaker maker, FillRuns runs)
{
    /// <param name="scope">The transaction.</param>
    /// <param name="e">The fill; not stored yet.</param>
    /// <param name="service">Of which service.</param>
    /// <param name="touched">Other orders to fold again are added.</param>
    /// <returns>Null when it can't be placed: no fix, or a service that the catalogue doesn't have. The action is kept all the same.</returns>
    public string? OrderFor(WriteScope scope, OrderEvent e, string? service, ICollection<string> touched)
    {
        if (e.At is not { } at || service is null || catalogue.Find(service) is null) return null;
        // The same press sent again under another sequence number is the same work.
        if (e.Action is not null && OrderEventStore.OrderOfAction(scope, e.Action) is { } known) return known;
        foreach (var near in TicketStore.Near(scope, service, at, options.FixedHereM))
        {
            var orders = OrderStore.OfRequest(scope, near.Number);
            if (Closes(near, e)) return OrderOf(scope, near, orders).Id;
            // A completion of the same day that got here first: whichever comes first must not decide whether this is one job or two.
            if (near.Status == Ticket.Closed && orders.Find(o => o.RunKey is null && IsSameDay(o, e)) is { } done) return done.Id;
        }

        return runs.OrderFor(scope, e, service, touched);
    }

    /// <summary>Orders of open requests right beside a point of another order: the fill closes them though nobody assigned it.</summary>
    public IReadOnlyList<string> Beside(WriteScope scope, OrderEvent e)
    {
        if (e.At is not { } at || e.Order is null || OrderStore.Find(scope, e.Order) is not { } order || !OrderKind.Repairs(order.Kind)) return [];
        return [.. TicketStore.Near(scope, order.Service, at, options.FixedHereM)
            .Where(t => t.Number != order.Request && Closes(t, e))
            .Select(t => OrderOf(scope, t, OrderStore.OfRequest(scope, t.Number)).Id)];
    }

    private OrderRecord OrderOf(WriteScope scope, Ticket ticket, List<OrderRecord> orders) =>
        orders.Find(o => o.State is OrderState.Unassigned || OrderState.OnBoard.Contains(o.State)) ?? maker.Make(scope, NewOrder.Of(ticket) with { ByCrew = true });

    // What crews found is theirs, and each crew's fills are its own run's, whichever gets here first.
    // What a person reported after the fill is another matter; what sensors felt may have come late.
    private static bool Closes(Ticket near, OrderEvent e) =>
        near.Status == Ticket.Open && near.Source != "crew" && (near.Source == "sensor" || near.OpenedAt.ToUnixTimeMilliseconds() <= e.AtMs);

    private static bool IsSameDay(OrderRecord order, OrderEvent e) =>
        order.DoneAt is { } done && Math.Abs(done.ToUnixTimeMilliseconds() - e.AtMs) <= FillRuns.SameJobMs;
}
