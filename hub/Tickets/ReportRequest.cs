using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Takes a report of a person. It always gets a number of its own; when it repeats an open request for sure, it follows that
/// one, and nobody need act on it. What sensors found there and nobody had accepted yet becomes its evidence.
/// </summary>
public sealed class ReportRequest(OpenTicket open, LinkRequests links, ChangeTicket change, ServiceCatalogue catalogue, TicketsOptions options)
{
    /// <param name="scope">The transaction.</param>
    /// <param name="report">Of a service that the catalogue has.</param>
    /// <param name="separate">The reporter says that it is not one of those that there are.</param>
    /// <returns>The request as it is now.</returns>
    public Ticket Do(WriteScope scope, NewRequest report, bool separate = false)
    {
        var service = catalogue.Find(report.Service) ?? throw new InvalidOperationException($"no service '{report.Service}' in the catalogue");
        scope.LockCells(Grid.Around(report.At, DuplicateRule.FarthestM(service, options), Grid.Fine));
        var ticket = open.Open(scope, report);
        // Whoever reported this place before was as lost.
        if (ticket.PlaceDoubtful) links.Doubt(scope, report.At);
        if (!separate)
        {
            var same = DuplicateSearch.Find(scope.Connection, scope.Transaction, ticket, catalogue, options, ownServiceOnly: true).FindAll(f => f.Verdict.Sameness == Sameness.Same);
            if (same.Find(f => f.Other.Accepted) is { Other: { } parent, Verdict: { } verdict })
                return links.Link(scope, ticket, parent, verdict.Reasons, verdict.ByPlace, LinkRequests.Rule);
            foreach (var (other, _) in same.Where(f => f.Other is { Accepted: false, Source: "sensor" })) ticket = Absorb(scope, ticket, other);
        }

        scope.Raise(new RequestOpened(ticket.Number));
        return ticket;
    }

    private Ticket Absorb(WriteScope scope, Ticket ticket, Ticket sensed)
    {
        foreach (var site in TicketStore.Sites(scope.Connection, scope.Transaction, sensed.Number)) TicketStore.LinkSite(scope, ticket.Number, site);
        TicketStore.UnlinkSites(scope, sensed.Number);
        change.Save(scope, sensed, sensed.Withdraw(), LinkRequests.Rule, $"Withdrawn: the same defect as {ticket.Number}, which a person reported");
        scope.Raise(new RequestWithdrawn(sensed.Number));
        var after = ticket with
        {
            EvidenceFor = ticket.EvidenceFor + sensed.EvidenceFor, EvidenceAgainst = ticket.EvidenceAgainst + sensed.EvidenceAgainst,
            EvidenceLast = ticket.EvidenceLast > sensed.EvidenceLast ? ticket.EvidenceLast : sensed.EvidenceLast ?? ticket.EvidenceLast,
            Site = ticket.Site ?? sensed.Site,
        };
        return change.Save(scope, ticket, after with { Priority = open.PriorityOf(scope, after) }, LinkRequests.Rule, $"Sensors had found it, too: {EvidenceWords.Of(sensed.Service, sensed.EvidenceFor, sensed.EvidenceAgainst)}");
    }
}
