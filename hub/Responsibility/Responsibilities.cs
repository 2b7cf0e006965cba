using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>
/// Says who answers for a request, before anybody is sent: by the city's rules, or by a person, whom no rule overrules. Each
/// change is told to the request, to those who send crews, and, where it is not the city's, becomes a referral or a notice.
/// </summary>
public sealed class Responsibilities(
    ResponsibilityOptions options, ResponsibilityRules rules, PoleIndex poles, StreetMap streets, FollowResponsibility requests)
{
    public const string Rule = "rule";

    // What a service may ask its reporter: the letters cast into a cover.
    private const string StructureAttribute = "letters";

    public ResponsibilityRules Rules => rules;

    /// <summary>Decides by rule, unless a person has decided; tells again in either case, as a request that came back needs.</summary>
    public Decision Resolve(WriteScope scope, Ticket ticket)
    {
        if (ResponsibilityStore.Find(scope, ticket.Number) is { ByRule: false } decided)
        {
            Tell(scope, decided, before: null);
            return decided;
        }

        var (outcome, party, because) = rules.Resolve(FactsOf(ticket));
        return Set(scope, new Decision(ticket.Number, outcome, party, because, Rule, ByRule: true, scope.Now));
    }

    /// <summary>A person says who answers for it.</summary>
    public Decision Decide(WriteScope scope, string request, string outcome, string? party, string because, string who) =>
        Set(scope, new Decision(request, outcome, party, because, who, ByRule: false, scope.Now));

    /// <summary>A crew stood before it and found that it is somebody else's: a person decides whose.</summary>
    public void OtherOwner(WriteScope scope, string request, string? note, string crew)
    {
        if (ResponsibilityStore.Find(scope, request) is { Outcome: Outcome.Triage }) return;
        Decide(scope, request, Outcome.Triage, null, string.IsNullOrWhiteSpace(note) ? "the crew found that it is somebody else's" : $"the crew found that it is somebody else's: {note}", crew);
    }

    /// <summary>Why no crew may be sent to a request by hand; null when it may.</summary>
    public string? Blocks(WriteScope scope, string request) => ResponsibilityStore.Find(scope, request) switch
    {
        // A rejected one too: whoever wants it done opens one by hand.
        null => TicketStore.Find(scope, request) is { } ticket && TicketStage.IsHidden(ticket.Stage)
            ? $"{request} is {ticket.Stage}, which is no crew's work yet: accept it by POST /api/requests/{request}/review, or open one by hand"
            : null,
        { Outcome: var outcome } when Outcome.IsWork(outcome) => null,
        { Outcome: Outcome.Triage } d => $"nobody has said yet who answers for {request} ({d.Because}): decide it by PUT /api/requests/{request}/responsibility first",
        { Outcome: Outcome.Private } d => $"{request} is on private property ({d.Because}): change that by PUT /api/requests/{request}/responsibility if it is not so",
        var d => $"{request} is referred to {rules.Find(d.Party)?.Name ?? d.Party} ({d.Because}): change that by PUT /api/requests/{request}/responsibility if the city does it after all",
    };

    private Facts FactsOf(Ticket ticket)
    {
        var street = streets.Locate(ticket.At);
        return new Facts
        {
            Service = ticket.Service, Asset = ticket.Pole, AssetOwner = ticket.Pole is { } pole ? poles.Find(pole)?.Owner : null,
            Structure = ticket.Attributes.GetValueOrDefault(StructureAttribute), District = ticket.District,
            Street = street?.Street, Segment = street?.Segment ?? ticket.Segment,
        };
    }

    private Decision Set(WriteScope scope, Decision now)
    {
        var before = ResponsibilityStore.Find(scope, now.Request);
        ResponsibilityStore.Save(scope, now);
        if (before is null || before.Outcome != now.Outcome || before.Party != now.Party) Settle(scope, now);
        Tell(scope, now, before);
        return now;
    }

    /// <summary>Whoever was asked before is not asked any more, and whoever answers now is.</summary>
    private void Settle(WriteScope scope, Decision now)
    {
        foreach (var open in ResponsibilityStore.Referrals(scope.Connection, scope.Transaction, now.Request).Where(r => r.IsOpen))
            ResponsibilityStore.Save(scope, open with { Answer = Referral.Dropped, AnsweredAt = scope.Now });
        if (now.Outcome is not (Outcome.Referral or Outcome.Private)) return;
        var count = ResponsibilityStore.Referrals(scope.Connection, scope.Transaction, now.Request).Count;
        ResponsibilityStore.Save(scope, new Referral
        {
            Id = $"{now.Request.ToLowerInvariant()}-{count + 1}", Request = now.Request, Kind = now.Outcome == Outcome.Private ? Referral.ToOwner : Referral.ToAgency,
            Party = now.Party, CreatedAt = scope.Now, ChaseAt = scope.Now.AddDays(rules.Find(now.Party)?.ChaseDays ?? options.ChaseDays),
        });
    }

    private void Tell(WriteScope scope, Decision now, Decision? before)
    {
        var changed = before is null || before.Outcome != now.Outcome || before.Party != now.Party;
        requests.Apply(scope, now.Request, now.Outcome, changed ? now.DecidedBy : null, What(now));
        if (Outcome.IsWork(now.Outcome)) scope.Raise(new WorkCleared(now.Request, now.Party!, now.Outcome == Outcome.Contractor));
        else if (before is not null && Outcome.IsWork(before.Outcome)) scope.Raise(new WorkStopped(now.Request));
    }

    private string What(Decision d) => d.Outcome switch
    {
        Outcome.OwnCrew => $"For {Name(d)}: {d.Because}",
        Outcome.Contractor => $"For the contractor {Name(d)}: {d.Because}",
        Outcome.Referral => $"To be referred to {Name(d)}: {d.Because}",
        Outcome.Private => $"Private property, its owner to be told: {d.Because}",
        _ => $"Nobody knows yet who answers for it: {d.Because}",
    };

    private string? Name(Decision d) => rules.Find(d.Party)?.Name ?? d.Party;
}
