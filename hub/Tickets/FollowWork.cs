using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Brings a request in line with its work orders, and tells its sites what the crew found. Called by work orders in their transaction.</summary>
public sealed class FollowWork(MarkSites marks)
{
    /// <param name="scope">The transaction of the order's change.</param>
    /// <param name="order">The order as it is now.</param>
    /// <param name="who">For the history; null when nothing happened that a reader should see.</param>
    /// <param name="what">For the history.</param>
    /// <param name="finding">What the crew found; null when the order says nothing about the defect, such as after an undo.</param>
    public void Apply(WriteScope scope, LinkedOrder order, string? who, string? what, WorkFinding? finding)
    {
        if (TicketStore.Find(scope, order.Request) is not { } ticket) return;
        TicketStore.SaveOrder(scope, order);
        var next = ticket.After(TicketStore.Orders(scope.Connection, scope.Transaction, ticket.Number));
        if (next != ticket)
        {
            next = next with { UpdatedAt = scope.Now };
            TicketStore.Save(scope, next);
            scope.Raise(new RequestChanged(next.ToSummary()));
        }

        if (who is not null && what is not null) TicketStore.AddHistory(scope, ticket.Number, who, what);

        // After the request: what the mark makes of the sites must find the request as it is now.
        Mark(scope, ticket, order.Id, finding);
    }

    private void Mark(WriteScope scope, Ticket ticket, string order, WorkFinding? finding)
    {
        var kind = ticket.Service == ServiceCode.StreetLight ? SiteKind.Lamp : SiteKind.Pothole;
        if (finding is null)
        {
            marks.Set(scope, order, []);
            return;
        }

        SiteMark Make(string source, Wire.GeoPoint at) =>
            new(source, kind, finding.Repaired, finding.AtMs, finding.DeviceMs, finding.Replay, at, ticket.Pole);
        // A site that has moved since the request was opened, or a neighbour that joined, may lie beyond the reach of the request's own place.
        var places = TicketStore.Sites(scope.Connection, scope.Transaction, ticket.Number)
            .Select(id => SiteStore.Find(scope.Connection, id, scope.Transaction)).OfType<Site>().Where(s => s.Kind == SiteKind.Pothole);
        marks.Set(scope, order, [Make(order, ticket.At), .. places.Select(s => Make($"{order}@{s.Id}", s.At))]);
    }
}
