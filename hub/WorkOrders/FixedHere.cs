using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Finds the order for what a crew found and fixed on the spot: the open one of a request right there, or a new one, with
/// its request, that opens and closes in one go.
/// </summary>
public sealed class FixedHere(WorkOrdersOptions options, ServiceCatalogue catalogue, OpenTicket open, CreateOrder create)
{
    // One working day.
    private const long SameJobMs = 12 * 3_600_000;

    /// <returns>Null when it can't be placed: no fix, or a service that the catalogue doesn't have. The action is kept all the same.</returns>
    public string? OrderFor(WriteScope scope, OrderEvent e, string? service)
    {
        if (e.At is not { } at || service is null || catalogue.Find(service) is null) return null;
        // The same press sent again under another sequence number is the same work.
        if (e.Action is not null && OrderEventStore.OrderOfAction(scope, e.Action) is { } known) return known;
        foreach (var near in TicketStore.Near(scope, service, at, options.FixedHereM))
        {
            var orders = OrderStore.OfRequest(scope, near.Number);
            if (near.Status == Ticket.Open)
                return (orders.Find(o => o.State is OrderState.Unassigned || OrderState.OnBoard.Contains(o.State)) ?? create.Create(scope, near, byCrew: true)).Id;
            // Somebody else's completion of the same day that got here first: whichever comes first must not decide whether this is one job or two.
            if (near.Status == Ticket.Closed && orders.Find(o => o.DoneAt is { } done && Math.Abs(done.ToUnixTimeMilliseconds() - e.AtMs) <= SameJobMs) is { } done)
                return done.Id;
        }

        var ticket = open.Open(scope, new NewRequest
        {
            Service = service, At = at, Source = "crew", Who = e.Crew ?? "crew", Why = "Found and fixed on the spot", Description = e.Note,
        });
        return create.Create(scope, ticket, byCrew: true).Id;
    }
}
