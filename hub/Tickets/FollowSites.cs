using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Brings requests in line with a site as it is now: opens, joins, withdraws, reinstates or only counts. Everything is
/// checked again inside the transaction, so events that come twice, late or overtaken do no harm.
/// </summary>
public sealed class FollowSites(TicketsOptions options, OpenTicket open) : Reaction<SiteChanged>
{
    public const string ReactionName = "tickets.site-changed";
    private const string Who = "hub";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, SiteChanged hubEvent)
    {
        foreach (var former in hubEvent.Formerly) TicketStore.Relink(scope, former, hubEvent.Site);
        if (SiteStore.Find(scope.Connection, hubEvent.Site, scope.Transaction) is not { } site) return;
        var ticket = TicketStore.OfSite(scope, site.Id);
        if (ticket is null or { Status: Ticket.Closed })
        {
            if (site.Supported) OpenOrJoin(scope, site, hubEvent);
        }
        else
        {
            Update(scope, ticket);
        }
    }

    private void OpenOrJoin(WriteScope scope, Site site, SiteChanged hubEvent)
    {
        if (Neighbour(scope, site) is { } neighbour)
        {
            TicketStore.LinkSite(scope, neighbour.Number, site.Id);
            TicketStore.AddHistory(scope, neighbour.Number, Who, $"Evidence of the same defect joined: {site.For} passes for, {site.Against} against");
            Update(scope, neighbour with { Site = neighbour.Site ?? site.Id });
            return;
        }

        var ticket = open.Open(scope, new NewRequest
        {
            Service = site.Kind == SiteKind.Lamp ? ServiceCode.StreetLight : ServiceCode.Pothole,
            At = site.At,
            Source = "sensor",
            Who = Who,
            Why = $"Opened from sensor evidence: {site.For} passes for, {site.Against} against",
            Site = site,
            SampledAt = hubEvent.SampledMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
        });
        scope.Raise(new RequestOpened(ticket.Number));
    }

    private Ticket? Neighbour(WriteScope scope, Site site) =>
        site.Pole is { } pole
            ? TicketStore.OpenAtPole(scope, pole)
            : TicketStore.OpenNear(scope, ServiceCode.Pothole, site.At, options.MergeM);

    private static void Update(WriteScope scope, Ticket ticket)
    {
        var sites = TicketStore.Sites(scope.Connection, scope.Transaction, ticket.Number)
            .Select(id => SiteStore.Find(scope.Connection, id, scope.Transaction)).OfType<Site>().ToList();
        var supported = sites.Exists(s => s.Supported);
        var orders = TicketStore.Orders(scope.Connection, scope.Transaction, ticket.Number);
        var next = ticket with { EvidenceFor = sites.Sum(s => s.For), EvidenceAgainst = sites.Sum(s => s.Against) };
        string? what = null;
        if (supported && ticket.Status == Ticket.Withdrawn)
        {
            next = next.Reinstate(orders);
            what = "Reinstated: evidence carries it again";
        }
        else if (!supported && ticket is { Status: Ticket.Open, Source: "sensor" } && !orders.Exists(o => o.HasBegun))
        {
            next = next.Withdraw();
            what = $"Withdrawn: evidence no longer carries it ({next.EvidenceFor} passes for, {next.EvidenceAgainst} against)";
        }

        if (next == TicketStore.Find(scope, ticket.Number)) return;
        next = next with { UpdatedAt = scope.Now };
        TicketStore.Save(scope, next);
        if (what is not null) TicketStore.AddHistory(scope, next.Number, Who, what);
        if (next.Status != ticket.Status && next.Status == Ticket.Open) scope.Raise(new RequestOpened(next.Number));
        if (next.Status != ticket.Status && next.Status == Ticket.Withdrawn) scope.Raise(new RequestWithdrawn(next.Number));
        scope.Raise(new RequestChanged(next.ToSummary()));
    }
}
