using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// A problem that a crew found and left as it is becomes a request, unless one of that service is open right there. Taken back,
/// the request stays for the office: somebody may be on the way to it.
/// </summary>
public sealed class CrewReport(WorkOrdersOptions options, ServiceCatalogue catalogue, OpenTicket open, CityEdge edge)
{
    public void Open(WriteScope scope, OrderEvent e, string? service)
    {
        if (e is not { Kind: OrderEventKind.Report, At: { } at } || service is null || catalogue.Find(service) is null || edge.IsOutside(at)) return;
        // Sent again under another sequence number, or taken back before it came.
        if (e.Action is not null && (OrderEventStore.HasAction(scope, e.Action) || OrderEventStore.UndoneAt(scope, e.Action) is not null)) return;
        if (TicketStore.OpenNear(scope, service, at, options.FixedHereM) is not null) return;
        var ticket = open.Open(scope, new NewRequest { Service = service, At = at, Source = "person", Who = e.Crew ?? "crew", Why = "Reported by a crew at the spot", Description = e.Note });
        scope.Raise(new RequestOpened(ticket.Number));
    }
}
