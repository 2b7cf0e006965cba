using System.Globalization;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Brings requests in line with a site as it is now: proposes, joins, withdraws, reinstates or only counts. Everything is
/// checked again inside the transaction, so events that come twice, late or overtaken do no harm.
/// </summary>
public sealed class FollowSites(TicketsOptions options, ProposeRequest propose, ChangeTicket change, LinkRequests links, DarkRow rows, StreetMap streets) : Reaction<SiteChanged>
{
    public const string ReactionName = "tickets.site-changed";
    private const string Who = "hub";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, SiteChanged hubEvent)
    {
        foreach (var former in hubEvent.Formerly)
        {
            TicketStore.Relink(scope, former, hubEvent.Site);
            ProposalStore.EndShadow(scope, former);
        }

        if (SiteStore.Find(scope.Connection, hubEvent.Site, scope.Transaction) is not { } site) return;
        Unite(scope, TicketStore.OpenOfSite(scope, site.Id));
        if (site is { Kind: SiteKind.Pothole, Supported: true }) Regroup(scope, site);
        Follow(scope, site, hubEvent.SampledMs);
        if (site is { Kind: SiteKind.Lamp, Supported: true, Pole: { } pole }) Gather(scope, pole);
    }

    /// <summary>
    /// Lights that went dark in a row are one fault: their requests become one, which names the poles. One that a crew has begun
    /// on, or that a person opened, stays for itself.
    /// </summary>
    private void Gather(WriteScope scope, string pole)
    {
        var row = rows.Of(scope, pole);
        var open = row.SelectMany(p => TicketStore.OpenOfSite(scope, Site.LampId(p))).DistinctBy(t => t.Number).ToList();
        if (open.Count == 0) return;
        Unite(scope, [.. open.OrderBy(t => t.OpenedAt).ThenBy(t => t.Number, StringComparer.Ordinal)]);
        foreach (var one in open.Select(t => TicketStore.Find(scope, t.Number)!).Where(t => t is { Status: Ticket.Open, Source: "sensor" }))
        {
            var dark = TicketStore.Sites(scope.Connection, scope.Transaction, one.Number)
                .Select(id => SiteStore.Find(scope.Connection, id, scope.Transaction)).OfType<Site>()
                .Where(s => s.Supported && s.Pole is not null).Select(s => s.Pole!).Order(StringComparer.Ordinal).ToList();
            var text = dark.Count < 2 ? null : string.Create(CultureInfo.InvariantCulture, $"{dark.Count} street lights in a row are dark, most likely one fault of what feeds them. Poles: {string.Join(", ", dark)}");
            if (text is not null && text != one.Description) change.Save(scope, one, one with { Description = text }, Who, $"{dark.Count} lights in a row");
        }
    }

    private void Follow(WriteScope scope, Site site, long? sampledMs)
    {
        // Whoever looks for a neighbour and then opens must be alone with the place.
        scope.LockCells(Grid.Around(site.At, Math.Max(options.MergeM, options.ReportedM), Grid.Fine));
        var ticket = TicketStore.OfSite(scope, site.Id);
        if (ticket is null or { Status: Ticket.Closed })
        {
            if (site.Supported) OpenOrJoin(scope, site, sampledMs);
            // Nobody is sent for light alone; but what a resident says of this very pole, it bears out.
            else if (site is { NeverBurned: true, Pole: { } pole } && TicketStore.OpenAtPole(scope, pole) is { } reported) Join(scope, reported, site);
            else propose.CountShadow(scope, site);
        }
        else if (site.Supported && ticket.Status == Ticket.Withdrawn && Neighbour(scope, site) is { } since)
        {
            // Somebody opened another one for the same defect in the meantime: one of them is enough.
            Join(scope, since, site);
        }
        else
        {
            Update(scope, ticket);
        }
    }

    /// <summary>
    /// Potholes move as passes come in. Two whose requests turn out to be near each other need one, and one that turns out to
    /// be elsewhere than the request that it joined needs its own: who was heard first must not decide it.
    /// </summary>
    private void Regroup(WriteScope scope, Site site)
    {
        foreach (var ticket in TicketStore.OpenOfSite(scope, site.Id))
        {
            foreach (var id in TicketStore.Sites(scope.Connection, scope.Transaction, ticket.Number))
            {
                if (SiteStore.Find(scope.Connection, id, scope.Transaction) is not { Supported: true, Kind: SiteKind.Pothole } member) continue;
                if (IsOf(scope, ticket, member)) continue;
                TicketStore.UnlinkSite(scope, ticket.Number, id);
                TicketStore.AddHistory(scope, ticket.Number, Who, "Evidence that turned out to be of another defect left");
                if (id != site.Id) Follow(scope, member, sampledMs: null);
            }
        }

        if (TicketStore.OpenOfSite(scope, site.Id) is [{ Source: "sensor" } own] && own.Site == site.Id && Neighbour(scope, site) is { } other && other.Number != own.Number)
        {
            TicketStore.LinkSite(scope, other.Number, site.Id);
            Unite(scope, [.. new[] { own, other }.OrderBy(t => t.OpenedAt).ThenBy(t => t.Number, StringComparer.Ordinal)]);
        }
    }

    /// <summary>Whether a pothole may be what a request is about.</summary>
    private bool IsOf(WriteScope scope, Ticket ticket, Site member) =>
        HomeOf(scope, ticket) is not { } home || home.DistanceMTo(member.At) <= options.MergeM || IsReported(ticket, member);

    /// <summary>Whether a person's request may be of a pothole a little farther off: in the street that the person named.</summary>
    private bool IsReported(Ticket ticket, Site site) =>
        ticket is { Source: not ("sensor" or "crew"), PlaceDoubtful: false } && ticket.At.DistanceMTo(site.At) <= options.ReportedM
        && streets.Locate(ticket.At) is { } named && streets.Locate(site.At) is { } felt && named.Street == felt.Street;

    /// <summary>Where a request is: where a person said, or where the pothole is now that the hub opened it for.</summary>
    private static GeoPoint? HomeOf(WriteScope scope, Ticket ticket)
    {
        if (ticket.Source != "sensor") return ticket.At;
        return ticket.Site is { } id && SiteStore.Find(scope.Connection, id, scope.Transaction) is { Supported: true } home ? home.At : null;
    }

    /// <summary>Sites that became one, or a repair that was undone after a new case was opened, must not leave one defect with two open requests: the oldest stays, unless a crew has begun on more.</summary>
    private void Unite(WriteScope scope, List<Ticket> open)
    {
        if (open.Count < 2) return;
        // What a person opened stays, and says where; and what was cleared for work before what waits to be.
        open = [.. open.OrderBy(t => t.Source == "sensor").ThenBy(ReviewRequest.Waits)];
        foreach (var twin in open.Skip(1).Where(t => t.Source == "sensor"))
        {
            if (TicketStore.Orders(scope.Connection, scope.Transaction, twin.Number).Exists(o => o.HasBegun)) continue;
            foreach (var id in TicketStore.Sites(scope.Connection, scope.Transaction, twin.Number)) TicketStore.LinkSite(scope, open[0].Number, id);
            TicketStore.UnlinkSites(scope, twin.Number);
            // Residents who reported the one follow the other.
            if (twin.Reports > 0) links.Adopt(scope, twin, TicketStore.Find(scope, open[0].Number)!);
            var former = TicketStore.Find(scope, twin.Number)!;
            var withdrawn = change.Save(scope, former, former.Withdraw(), Who, $"Withdrawn: the same defect as {open[0].Number}");
            TicketStore.AddHistory(scope, open[0].Number, Who, $"{withdrawn.Number} was the same defect");
            scope.Raise(new RequestWithdrawn(withdrawn.Number));
        }
    }

    private void OpenOrJoin(WriteScope scope, Site site, long? sampledMs)
    {
        if (Neighbour(scope, site) is { } neighbour) Join(scope, neighbour, site);
        else propose.Run(scope, site, sampledMs);
    }

    private void Join(WriteScope scope, Ticket neighbour, Site site)
    {
        TicketStore.LinkSite(scope, neighbour.Number, site.Id);
        TicketStore.AddHistory(scope, neighbour.Number, Who, $"Evidence of the same defect joined: {EvidenceWords.Of(neighbour.Service, site.For, site.Against)}");
        ProposalStore.EndShadow(scope, site.Id);
        Update(scope, neighbour with { Site = neighbour.Site ?? site.Id });
    }

    /// <summary>
    /// The open request of the same defect: at its pole; or near the place where a person opened one; or of another pothole,
    /// near where that is now.
    /// </summary>
    private Ticket? Neighbour(WriteScope scope, Site site)
    {
        if (site.Pole is { } pole) return TicketStore.OpenAtPole(scope, pole) ?? OfRow(scope, pole);
        return TicketStore.Near(scope, ServiceCode.Pothole, site.At, options.MergeM).Find(t => t is { Status: Ticket.Open, Source: not "sensor" })
            ?? TicketStore.Near(scope, ServiceCode.Pothole, site.At, options.ReportedM).Find(t => t.Status == Ticket.Open && IsReported(t, site))
            ?? SiteStore.PotholesNear(scope, site.At, options.MergeM)
                .Where(s => s.Id != site.Id)
                .OrderBy(s => s.At.DistanceMTo(site.At)).ThenBy(s => s.Id, StringComparer.Ordinal)
                .SelectMany(s => TicketStore.OpenOfSite(scope, s.Id).Where(t => t.Site == s.Id && (s.Supported || HasBegun(scope, t))))
                .FirstOrDefault();
    }

    // The request of the dark row that a light belongs to: as old as any of them.
    private Ticket? OfRow(WriteScope scope, string pole) =>
        rows.Of(scope, pole).SelectMany(p => TicketStore.OpenOfSite(scope, Site.LampId(p)))
            .Where(t => t.Source == "sensor" && !HasBegun(scope, t))
            .OrderBy(t => t.OpenedAt).ThenBy(t => t.Number, StringComparer.Ordinal).FirstOrDefault();

    private static bool HasBegun(WriteScope scope, Ticket ticket) =>
        TicketStore.Orders(scope.Connection, scope.Transaction, ticket.Number).Exists(o => o.HasBegun);

    private void Update(WriteScope scope, Ticket ticket)
    {
        var sites = TicketStore.Sites(scope.Connection, scope.Transaction, ticket.Number)
            .Select(id => SiteStore.Find(scope.Connection, id, scope.Transaction)).OfType<Site>().ToList();
        var supported = sites.Exists(s => s.Supported);
        var orders = TicketStore.Orders(scope.Connection, scope.Transaction, ticket.Number);
        var next = LinkRequests.Counted(ticket, sites);
        string? what = null;
        if (supported && ticket.Status == Ticket.Withdrawn)
        {
            if (propose.Reinstate(scope, next, orders) is not { } back) return;
            next = back;
            what = "Reinstated: evidence carries it again";
        }
        // Residents who reported it say that it is there.
        else if (!supported && ticket is { Status: Ticket.Open, Source: "sensor", Reports: 0 } && !orders.Exists(o => o.HasBegun))
        {
            next = next.Withdraw();
            what = $"Withdrawn{(ReviewRequest.Waits(ticket) ? " while it waited" : "")}: evidence no longer carries it ({EvidenceWords.Of(next.Service, next.EvidenceFor, next.EvidenceAgainst)})";
        }

        next = change.Save(scope, TicketStore.Find(scope, ticket.Number)!, next, Who, what);
        if (next.Status != ticket.Status && next.Status == Ticket.Open && !ReviewRequest.Waits(next)) scope.Raise(new RequestOpened(next.Number));
        if (next.Status != ticket.Status && next.Status == Ticket.Withdrawn) scope.Raise(new RequestWithdrawn(next.Number));
    }
}
