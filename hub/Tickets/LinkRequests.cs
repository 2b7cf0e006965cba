using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Lets a report follow the request that it repeats, and undoes that: then both are as they were.</summary>
public sealed class LinkRequests(ChangeTicket change, OpenTicket open)
{
    public const string Rule = "hub";

    /// <summary>The child keeps its number and follows the parent's status; its evidence and its work count there.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="child">Open, and no other's child.</param>
    /// <param name="parent">No child itself.</param>
    /// <param name="reasons">Why, for people.</param>
    /// <param name="byPlace">It rests on where they were reported.</param>
    /// <param name="who">The person; <see cref="Rule"/> by rule.</param>
    /// <returns>The child as it is now.</returns>
    public Ticket Link(WriteScope scope, Ticket child, Ticket parent, IReadOnlyList<string> reasons, bool byPlace, string who)
    {
        var sites = TicketStore.Sites(scope.Connection, scope.Transaction, child.Number);
        foreach (var site in sites) TicketStore.LinkSite(scope, parent.Number, site);
        TicketStore.UnlinkSites(scope, child.Number);
        LinkStore.Add(scope, new RequestLink
        {
            Child = child.Number, Parent = parent.Number, ByRule = who == Rule, ByPlace = byPlace, Who = who, Reasons = reasons, Stage = child.Stage,
            WaitReason = child.WaitReason, Sites = sites,
        });
        var why = string.Join("; ", reasons);
        // The child first: it is then among what follows the parent.
        child = change.Save(scope, child, Counted(scope, TicketLife.Follow(child, parent) with { Parent = parent.Number }), who, $"Repeats {parent.Number}: {why}");
        Recount(scope, parent, parent with { Reports = parent.Reports + 1 }, who, $"{child.Number} repeats it: {why}");
        scope.Raise(new RequestEnded(child.Number));
        return TicketStore.Find(scope, child.Number)!;
    }

    /// <summary>Undoes a link.</summary>
    /// <returns>The child as it is now; null when it repeats nothing.</returns>
    public Ticket? Unlink(WriteScope scope, string number, string who, string why)
    {
        if (LinkStore.Current(scope.Connection, scope.Transaction, number) is not { } link || TicketStore.Find(scope, number) is not { Parent: { } parentNumber } child) return null;
        LinkStore.Undo(scope, link, who);
        var parentSites = TicketStore.Sites(scope.Connection, scope.Transaction, parentNumber);
        foreach (var site in link.Sites.Intersect(parentSites))
        {
            TicketStore.UnlinkSite(scope, parentNumber, site);
            TicketStore.LinkSite(scope, number, site);
        }

        var alone = child with { Parent = null, Status = Ticket.Open, Stage = link.Stage, WaitReason = link.WaitReason, ResolutionCode = null };
        alone = Counted(scope, TicketLife.After(alone, RequestFamily.Orders(scope, alone)));
        // What it waited for by hand, no order says.
        if (link.Stage == TicketStage.Waiting && alone.Stage == TicketStage.Received) alone = alone with { Stage = link.Stage, WaitReason = link.WaitReason };
        child = change.Save(scope, child, alone, who, $"No longer repeats {parentNumber}: {why}");
        if (TicketStore.Find(scope, parentNumber) is { } parent)
        {
            var left = parent with { Reports = Math.Max(0, parent.Reports - 1) };
            var orders = RequestFamily.Orders(scope, left);
            if (parent.Parent is null && orders.Count > 0) left = TicketLife.After(left, orders);
            Recount(scope, parent, left, who, $"{number} no longer repeats it: {why}");
        }

        if (child is { Status: Ticket.Open, Accepted: true }) scope.Raise(new RequestOpened(number));
        return child;
    }

    /// <summary>What repeats one request repeats another one from now on: the first turned out to be that.</summary>
    public void Adopt(WriteScope scope, Ticket from, Ticket to)
    {
        foreach (var child in LinkStore.Children(scope, from.Number))
        {
            if (child.Number == to.Number || LinkStore.Current(scope.Connection, scope.Transaction, child.Number) is not { } link) continue;
            LinkStore.Move(scope, link, to.Number);
            change.Save(scope, child, TicketLife.Follow(child, to) with { Parent = to.Number }, Rule, $"Repeats {to.Number}: {from.Number} turned out to be that");
            to = Recount(scope, to, to with { Reports = to.Reports + 1 }, Rule, $"{child.Number} repeats it");
            if (TicketStore.Find(scope, from.Number) is { } former) change.Save(scope, former, former with { Reports = Math.Max(0, former.Reports - 1) }, Rule, null);
        }
    }

    /// <summary>
    /// So many reports name exactly this place that it says nothing. What was linked because of it stands alone again, and
    /// loses the pole that was only the nearest one.
    /// </summary>
    public void Doubt(WriteScope scope, GeoPoint at)
    {
        const string why = "too many reports name exactly the place that they were linked by";
        foreach (var number in LinkStore.OfPoint(scope, at).Select(t => t.Number))
        {
            foreach (var follower in LinkStore.Children(scope, number).Select(t => t.Number).Prepend(number))
            {
                if (LinkStore.Current(scope.Connection, scope.Transaction, follower) is { ByRule: true, ByPlace: true }) Unlink(scope, follower, Rule, why);
            }

            var ticket = TicketStore.Find(scope, number)!;
            // Evidence that found it by its place looks for a request again.
            if (ticket.Source != "sensor")
            {
                foreach (var site in TicketStore.Sites(scope.Connection, scope.Transaction, number).Select(id => SiteStore.Find(scope.Connection, id, scope.Transaction)).OfType<Site>())
                    scope.Raise(new SiteChanged(site.Id, site.Kind, site.Supported, [], null));
                TicketStore.UnlinkSites(scope, number);
            }

            change.Save(scope, ticket, Counted(scope, ticket with { PlaceDoubtful = true, Pole = null }), Rule, "Its place is doubtful: too many reports name exactly it");
        }
    }

    private Ticket Recount(WriteScope scope, Ticket before, Ticket after, string who, string? what)
    {
        after = Counted(scope, after);
        return change.Save(scope, before, after with { Priority = open.PriorityOf(scope, after) }, who, what);
    }

    /// <summary>With the passes of the sites that it rests on now.</summary>
    private static Ticket Counted(WriteScope scope, Ticket ticket)
    {
        var sites = TicketStore.Sites(scope.Connection, scope.Transaction, ticket.Number).Select(id => SiteStore.Find(scope.Connection, id, scope.Transaction)).OfType<Site>().ToList();
        return Counted(ticket, sites);
    }

    internal static Ticket Counted(Ticket ticket, IReadOnlyCollection<Site> sites)
    {
        var (passesFor, against) = (sites.Sum(s => s.For), sites.Sum(s => s.Against));
        // A pass that counts for nothing is no change.
        if ((passesFor, against) == (ticket.EvidenceFor, ticket.EvidenceAgainst)) return ticket;
        return ticket with
        {
            EvidenceFor = passesFor, EvidenceAgainst = against,
            EvidenceLast = passesFor + against == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(sites.Where(s => s.For + s.Against > 0).Max(s => s.LastMs)),
        };
    }
}
