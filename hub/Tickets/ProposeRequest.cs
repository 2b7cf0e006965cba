using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Opens a request that sensors propose, as far as its service and district let them: counted only, for review, for work at
/// once, or held for another day.
/// </summary>
public sealed class ProposeRequest(TicketsOptions options, SitesOptions sites, OpenTicket open, ProposalGate gate, SensorAreas areas, CityEdge edge)
{
    private const string Who = "hub";

    // A rejected proposal comes back before its time when so much more speaks for it.
    private const int AgainAtTimes = 2;

    private readonly string rule = SiteRules.Version(sites);

    public void Run(WriteScope scope, Site site, long? sampledMs)
    {
        // What vehicles sense on a drive out of the city is kept as evidence and is nobody's work here.
        if (edge.IsOutside(site.At)) return;
        var service = ServiceOf(site);
        if (IsRejected(scope, service, site)) return;
        var district = areas.DistrictOf(site.At);
        var repaired = RepairedHere(scope, service, site);
        var decision = gate.Decide(scope, service, district, followsUp: repaired is not null);
        if (decision == Decision.Shadow)
        {
            Count(scope, site, service, district);
            return;
        }

        ProposalStore.EndShadow(scope, site.Id);
        var ticket = open.Open(scope, new NewRequest
        {
            Service = service,
            At = site.At,
            CourseDeg = site.Pole is null ? DrivenCourse.At(new ObservationStore.Read(scope), site.At, sites.JoinM) : null,
            Source = "sensor",
            Stage = StageOf(decision),
            Who = Who,
            Why = Why(site, decision, repaired),
            Site = site,
            SampledAt = sampledMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
        });
        ProposalStore.Save(scope, new Proposal
        {
            Request = ticket.Number, Service = service, District = district, State = StateOf(decision), Rule = rule, For = site.For, Against = site.Against,
            Belief = site.Belief, ProposedMs = scope.Now.ToUnixTimeMilliseconds(), FollowUpOf = repaired?.Number,
        });
        if (repaired is not null) TicketStore.AddHistory(scope, repaired.Number, Who, $"{ticket.Number} follows it up: vehicles find the defect again");
        if (decision == Decision.Automatic) scope.Raise(new RequestOpened(ticket.Number));
    }

    /// <summary>Brings back what was withdrawn: as it was when it had been cleared for work, else as a new proposal.</summary>
    /// <returns>Null when its service is in shadow here meanwhile.</returns>
    public Ticket? Reinstate(WriteScope scope, Ticket ticket, IReadOnlyList<LinkedOrder> orders)
    {
        if (ProposalStore.Find(scope, ticket.Number) is not { IsCleared: false } proposal) return ticket.Reinstate(orders);
        var decision = gate.Decide(scope, proposal.Service, proposal.District, followsUp: proposal.FollowUpOf is not null);
        if (decision == Decision.Shadow) return null;
        ProposalStore.Save(scope, proposal with { State = StateOf(decision) });
        var back = ticket.Reinstate(orders);
        var move = decision switch
        {
            Decision.Automatic => TicketMove.Accept,
            Decision.Capped => TicketMove.Hold,
            _ => (TicketMove?)null,
        };
        return move is { } next && TicketLife.Allows(back.Stage, next) ? TicketLife.Apply(back, next) : back;
    }

    /// <summary>Says that the evidence no longer carries a site that is counted in shadow.</summary>
    public void CountShadow(WriteScope scope, Site site)
    {
        if (ProposalStore.IsShadow(scope, site.Id)) Count(scope, site, ServiceOf(site), areas.DistrictOf(site.At));
    }

    private static void Count(WriteScope scope, Site site, string service, string district) =>
        ProposalStore.Shadow(scope, site.Id, service, district, site.Supported, site.For, site.Against);

    private static string ServiceOf(Site site) => site.Kind == SiteKind.Lamp ? ServiceCode.StreetLight : ServiceCode.Pothole;

    private static string StageOf(Decision decision) => decision switch
    {
        Decision.Automatic => TicketStage.Received,
        Decision.Capped => TicketStage.Held,
        _ => TicketStage.Review,
    };

    private static string StateOf(Decision decision) => decision switch
    {
        Decision.Automatic => Proposal.Automatic,
        Decision.Capped => Proposal.Held,
        _ => Proposal.InReview,
    };

    private static string Why(Site site, Decision decision, Ticket? repaired)
    {
        var how = decision switch
        {
            Decision.Automatic => "Opened from",
            Decision.Capped => "Held, because its district has had today's share:",
            _ => "Proposed from",
        };
        var why = $"{how} sensor evidence: {EvidenceWords.Of(ServiceOf(site), site.For, site.Against)}";
        return repaired is null ? why : $"{why}; follows up {repaired.Number}";
    }

    /// <summary>A person has said no to this one, not long ago, and not much more speaks for it since.</summary>
    private bool IsRejected(WriteScope scope, string service, Site site) =>
        TicketStore.Near(scope, service, site.At, options.MergeM).Exists(t =>
            t is { Source: "sensor", Stage: TicketStage.Rejected }
            && TicketStore.Sites(scope.Connection, scope.Transaction, t.Number).Contains(site.Id)
            && scope.Now - t.UpdatedAt < TimeSpan.FromDays(gate.Options.RejectedDays) && site.For < AgainAtTimes * Math.Max(t.EvidenceFor, 2));

    /// <summary>The request whose repair this puts in doubt: closed by a crew's work here, not long ago.</summary>
    private Ticket? RepairedHere(WriteScope scope, string service, Site site) =>
        TicketStore.Near(scope, service, site.At, options.MergeM)
            .Where(t => t is { Status: Ticket.Closed, Stage: TicketStage.FieldComplete } && t.Pole == site.Pole && scope.Now - t.UpdatedAt < TimeSpan.FromDays(gate.Options.FollowUpDays))
            .OrderByDescending(t => t.UpdatedAt).ThenByDescending(t => t.Number, StringComparer.Ordinal)
            .FirstOrDefault();
}
