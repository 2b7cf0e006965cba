using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Brings a request in line with its work orders, and tells its sites what the crew found. Called by work orders in their transaction.</summary>
public sealed class FollowWork(MarkSites marks, FieldLabels labels, ServiceCatalogue catalogue, ChangeTicket change)
{
    private const string Hub = "hub";

    /// <param name="scope">The transaction of the order's change.</param>
    /// <param name="order">The order as it is now.</param>
    /// <param name="who">For the history; null when nothing happened that a reader should see.</param>
    /// <param name="what">For the history.</param>
    /// <param name="finding">What the crew found; null when the order says nothing about the defect, such as after an undo.</param>
    public void Apply(WriteScope scope, LinkedOrder order, string? who, string? what, WorkFinding? finding)
    {
        if (TicketStore.Find(scope, order.Request) is not { } ticket) return;
        TicketStore.SaveOrder(scope, order with { Closes = catalogue.Resolution(order.Resolution)?.Closes ?? true });
        // Work on a report that repeats another request is work on that: a crew may have had it on board when they were merged.
        var root = RequestFamily.Root(scope, ticket);
        var next = root.After(RequestFamily.Orders(scope, root));
        if (root == ticket)
        {
            change.Save(scope, ticket, next, who ?? Hub, who is null ? null : what);
        }
        else
        {
            if (who is not null && what is not null) TicketStore.AddHistory(scope, ticket.Number, who, what);
            change.Save(scope, root, next, who ?? Hub, who is null || what is null ? null : $"{what} (for {ticket.Number})");
        }

        labels.Set(scope, order.Id, root.Number, LabelOf(order, finding), WorkedMs(order, finding));

        // After the request: what the mark makes of the sites must find the request as it is now.
        // A site that has moved since the request was opened, or a neighbour that joined, may lie beyond the reach of the request's own place.
        var sites = TicketStore.Sites(scope.Connection, scope.Transaction, root.Number)
            .Select(id => SiteStore.Find(scope.Connection, id, scope.Transaction)).OfType<Site>().Where(s => s.Kind == SiteKind.Pothole || s.Pole != ticket.Pole);
        Mark(scope, order.Id, ticket.Service, ticket.At, ticket.Pole, sites, finding);
    }

    /// <summary>Tells sites what a crew found on an order without a request.</summary>
    public void Feed(WriteScope scope, string order, string service, GeoPoint at, string? pole, WorkFinding? finding) =>
        Mark(scope, order, service, at, pole, [], finding);

    // A crew that was there and says so judges the sensor; one that was kept from looking does not.
    private static Label? LabelOf(LinkedOrder order, WorkFinding? finding) => order.State switch
    {
        "could-not-complete" when FoundReason.LabelOf(order.Reason) is { } said => said,
        "made-safe" or "temporary-repair" => Label.Confirmed,
        "field-complete" or "reviewed" when order.Resolution == "not-found" => Label.NotFound,
        _ => finding is null ? null : finding.Repaired ? Label.Confirmed : Label.NotFound,
    };

    // The wall clock where recordings are replayed: only so do the times of crews compare with each other's and with reviewers'.
    private static long WorkedMs(LinkedOrder order, WorkFinding? finding) =>
        finding is null ? order.UpdatedAt.ToUnixTimeMilliseconds() : finding.Replay ? finding.DeviceMs : finding.AtMs;

    private void Mark(WriteScope scope, string order, string service, GeoPoint at, string? pole, IEnumerable<Site> sites, WorkFinding? finding)
    {
        // Of other services no sensor knows anything.
        if (service is not (ServiceCode.StreetLight or ServiceCode.Pothole)) return;
        if (finding is null)
        {
            marks.Set(scope, order, []);
            return;
        }

        var kind = service == ServiceCode.StreetLight ? SiteKind.Lamp : SiteKind.Pothole;
        SiteMark Make(string source, GeoPoint place, string? of) => new(source, kind, finding.Repaired, finding.AtMs, finding.DeviceMs, finding.Replay, place, of);
        SiteMark Fill(WorkPlace p) => new($"{order}@{p.Id}", kind, Repaired: true, p.AtMs, p.DeviceMs, p.Replay, p.At, Pole: null);
        var points = kind == SiteKind.Pothole ? finding.Places.Select(Fill) : [];
        marks.Set(scope, order, finding.AtPlacesOnly ? [.. points] : [Make(order, at, pole), .. sites.Select(s => Make($"{order}@{s.Id}", s.At, s.Pole)), .. points]);
    }
}
