using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A stop of an inspection that a crew answers with <c>defect</c> becomes a request, unless one is open right there.</summary>
public sealed class InspectionFinding(WorkOrdersOptions options, OpenTicket open)
{
    /// <summary>The answer that something is wrong.</summary>
    public const string Defect = "defect";

    public void Report(WriteScope scope, OrderEvent e)
    {
        if (e is not { Kind: OrderEventKind.Point, Point.Type: Defect, At: { } at, Order: { } id } || OrderStore.Find(scope, id) is not { Kind: OrderKind.Inspection } order) return;
        var place = order.Stops?.FirstOrDefault(s => s.Id == e.Point!.Stop)?.At ?? at;
        if (TicketStore.OpenNear(scope, order.Service, place, options.FixedHereM) is not null) return;
        var ticket = open.Open(scope, new NewRequest
        {
            Service = order.Service, At = place, Source = "person", Who = e.Crew ?? "crew", Why = $"Found on inspection {order.Number}", Description = e.Note,
        });
        scope.Raise(new RequestOpened(ticket.Number));
    }
}
