using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Finds the order for what a crew found and fixed on the spot: the open one of a request right there, or a new one, with
/// its request, that opens and closes in one go.
/// </summary>
public sealed class FixedHere(WorkOrdersOptions options, OpenTicket open, CreateOrder create)
{
    /// <returns>Null when it can't be placed: no fix, or a service that the catalogue doesn't have. The action is kept all the same.</returns>
    public string? OrderFor(WriteScope scope, OrderEvent e, string? service)
    {
        if (e.At is not { } at || service is null || TicketStore.Service(scope.Connection, scope.Transaction, service) is null) return null;
        // The same press sent again under another sequence number is the same work.
        if (e.Action is not null && OrderEventStore.OrderOfAction(scope, e.Action) is { } known) return known;
        if (TicketStore.OpenNear(scope, service, at, options.FixedHereM) is { } near)
        {
            var waiting = OrderStore.OfRequest(scope, near.Number).Find(o => o.State is OrderState.Unassigned || OrderState.OnBoard.Contains(o.State));
            return (waiting ?? create.Create(scope, near, byCrew: true)).Id;
        }

        var ticket = open.Open(scope, new NewRequest
        {
            Service = service, At = at, Source = "crew", Who = e.Crew ?? "crew", Why = "Found and fixed on the spot", Description = e.Note,
        });
        return create.Create(scope, ticket, byCrew: true).Id;
    }
}
