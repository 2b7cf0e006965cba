using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Automation;

/// <summary>What becomes of what sensors propose: shadow, review, automatic, held, and back.</summary>
public sealed class ProposalTests
{
    private readonly Sample sample = new();

    [Fact]
    public async Task By_default_a_proposal_waits_for_a_person_and_is_nobodys_work()
    {
        await using var hub = Start(new AutomationOptions());
        await ProposeAsync(hub, 0);
        var request = await hub.OnlyRequestAsync();
        Assert.Equal(("open", "review"), (request.Status, request.Stage));
        Assert.Empty(Heard.Of(hub));

        var proposal = await ProposalAsync(hub, request.Number);
        Assert.Equal((Proposal.InReview, 2, 0), (proposal.State, proposal.For, proposal.Against));
        Assert.Equal(SiteRules.Version(hub.Get<SitesOptions>()), proposal.Rule);
    }

    [Fact]
    public async Task An_accepted_proposal_is_opened_once_and_stays_accepted_when_it_comes_back()
    {
        await using var hub = Start(new AutomationOptions());
        await ProposeAsync(hub, 0);
        var number = (await hub.OnlyRequestAsync()).Number;
        await AcceptAsync(hub, number);
        await hub.ReactAsync();
        Assert.Equal("received", (await hub.OnlyRequestAsync()).Stage);
        Assert.Equal([number], Heard.Of(hub));

        await hub.ApplyAsync(Lamp("v3", 60, 0, LampVerdict.Lit), Lamp("v4", 90, 0, LampVerdict.Lit));
        await hub.ReactAsync();
        Assert.Equal("withdrawn", (await hub.OnlyRequestAsync()).Status);
        await hub.ApplyAsync(Lamp("v5", 120, 0), Lamp("v6", 150, 0), Lamp("v7", 180, 0));
        await hub.ReactAsync();
        Assert.Equal(("open", "received"), ((await hub.OnlyRequestAsync()).Status, (await hub.OnlyRequestAsync()).Stage));
        Assert.Equal([number, number], Heard.Of(hub));
    }

    [Fact]
    public async Task A_proposal_that_evidence_no_longer_carries_is_withdrawn_from_review_and_comes_back_to_it()
    {
        await using var hub = Start(new AutomationOptions());
        await ProposeAsync(hub, 0);
        await hub.ApplyAsync(Lamp("v3", 60, 0, LampVerdict.Lit), Lamp("v4", 90, 0, LampVerdict.Lit));
        await hub.ReactAsync();
        var request = await hub.OnlyRequestAsync();
        Assert.Equal("withdrawn", request.Status);
        Assert.Contains(await hub.HistoryAsync(request.Number), what => what == "Withdrawn while it waited: evidence no longer carries it (2 passes found it dark, 2 saw it burn at other times)");

        await hub.ApplyAsync(Lamp("v5", 120, 0), Lamp("v6", 150, 0), Lamp("v7", 180, 0));
        await hub.ReactAsync();
        Assert.Equal(("open", "review"), ((await hub.OnlyRequestAsync()).Status, (await hub.OnlyRequestAsync()).Stage));
        Assert.Empty(Heard.Of(hub));
    }

    [Fact]
    public async Task A_rejected_proposal_is_not_made_again_until_much_more_speaks_for_it_or_its_time_is_over()
    {
        await using var hub = Start(new AutomationOptions());
        await ProposeAsync(hub, 0);
        await ProposeAsync(hub, 1);
        var (first, second) = ((await hub.RequestsAsync())[0].Number, (await hub.RequestsAsync())[1].Number);
        foreach (var number in new[] { first, second }) await RejectAsync(hub, number);
        await hub.ApplyAsync(Lamp("v3", 60, 0));
        await hub.ReactAsync();
        Assert.Equal(["rejected", "rejected"], (await hub.RequestsAsync()).Select(r => r.Stage));

        await hub.ApplyAsync(Lamp("v4", 90, 0));
        await hub.ReactAsync();
        Assert.Equal(["rejected", "rejected", "review"], (await hub.RequestsAsync()).Select(r => r.Stage));

        hub.Time.Step(TimeSpan.FromDays(31));
        await hub.ApplyAsync(Lamp("v3", 95, 1));
        await hub.ReactAsync();
        Assert.Equal(["rejected", "rejected", "review", "review"], (await hub.RequestsAsync()).Select(r => r.Stage));
        Assert.Empty(Heard.Of(hub));
    }

    [Fact]
    public async Task In_shadow_nothing_is_opened_and_everything_counted()
    {
        await using var hub = Start(new AutomationOptions { Mode = AutomationMode.Shadow });
        await ProposeAsync(hub, 0);
        await ProposeAsync(hub, 1);
        await hub.ApplyAsync(Lamp("v3", 60, 0, LampVerdict.Lit), Lamp("v4", 90, 0, LampVerdict.Lit));
        await hub.ReactAsync();
        Assert.Empty(await hub.RequestsAsync());
        var shadow = await hub.Database.ReadAsync(ProposalStore.Shadows, default);
        Assert.Equal((2, 1), shadow[("street-light-out", "")]);
    }

    [Fact]
    public async Task A_days_share_holds_the_rest_and_the_next_day_lets_the_most_urgent_go_first()
    {
        await using var hub = Start(new AutomationOptions { Mode = AutomationMode.Automatic, DailyCap = 2 });
        // Lights far from each other but for the last two, which are urgent because they are out together.
        int[] poles = [0, 4, 7, 8];
        foreach (var pole in poles) await ProposeAsync(hub, pole);
        Assert.Equal(["received", "received", "held", "held"], (await hub.RequestsAsync()).Select(r => r.Stage));
        Assert.Equal(2, Heard.Of(hub).Count);
        var ranked = (await hub.Database.ReadAsync(c => ReviewList.Page(c, "held", null, null, 10, null), default))!.Value.Items;
        Assert.True(ranked[0].Priority <= ranked[1].Priority);

        await hub.Get<ReleaseHeld>().RunAsync(default);
        Assert.Equal(2, (await hub.RequestsAsync()).Count(r => r.Stage == "held"));

        hub.Time.Step(TimeSpan.FromDays(1));
        // Two beside each other are no row of dark lights yet, which would be one request.
        await ProposeAsync(hub, 1);
        await hub.Get<ReleaseHeld>().RunAsync(default);
        var requests = await hub.RequestsAsync();
        Assert.Equal(ranked[1].Number, Assert.Single(requests, r => r.Stage == "held").Number);
        hub.Time.Step(TimeSpan.FromDays(1));
        await hub.Get<ReleaseHeld>().RunAsync(default);
        await hub.ReactAsync();
        Assert.DoesNotContain(await hub.RequestsAsync(), r => r.Stage == "held");
        Assert.Equal(5, Heard.Of(hub).Count);
    }

    [Fact]
    public async Task What_is_held_where_automatic_has_ended_is_given_to_review()
    {
        await using var hub = Start(new AutomationOptions { Mode = AutomationMode.Automatic, DailyCap = 1 });
        await ProposeAsync(hub, 0);
        await ProposeAsync(hub, 4);
        await hub.Database.WriteAsync(
            scope => AutomationStore.Save(scope, new Area("street-light-out", "", AutomationMode.Review, null, null, 0, "Dee")), WritePriority.Interactive, default);
        await hub.Get<ReleaseHeld>().RunAsync(default);
        Assert.Equal(["received", "review"], (await hub.RequestsAsync()).Select(r => r.Stage));
    }

    [Fact]
    public async Task Automatic_falls_back_by_itself_when_crews_find_nothing_and_says_so_in_the_audit()
    {
        await using var hub = Start(new AutomationOptions { Inspections = 5, Goal = 0.8 });
        for (var i = 0; i < 5; i++) await FoundAsync(hub, $"SR-{i}", Label.Confirmed, i);
        await hub.Database.WriteAsync(
            scope => AutomationStore.Save(scope, new Area("street-light-out", "", AutomationMode.Automatic, null, null, 0, "Dee")), WritePriority.Interactive, default);
        await ProposeAsync(hub, 0);
        Assert.Equal("received", (await hub.OnlyRequestAsync()).Stage);

        await FoundAsync(hub, "SR-5", Label.NotFound, 5);
        Assert.Equal(AutomationMode.Automatic, await ModeAsync(hub));
        await FoundAsync(hub, "SR-6", Label.OtherDefect, 6);
        Assert.Equal(AutomationMode.Review, await ModeAsync(hub));
        var entry = (await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 10), default))[0];
        Assert.Equal(("automation.fall-back", "street-light-out/-", "hub"), (entry.Action, entry.Subject, entry.ActorName));
        Assert.Contains("60.0 %", entry.Detail, StringComparison.Ordinal);

        // Better findings unlock it, but somebody must choose it again.
        for (var i = 10; i < 15; i++) await FoundAsync(hub, $"SR-{i}", Label.Confirmed, i);
        Assert.Equal(AutomationMode.Review, await ModeAsync(hub));
        Assert.Null((await StandingAsync(hub)).Lock(hub.Get<AutomationOptions>()));
    }

    [Fact]
    public async Task A_request_that_two_crews_looked_at_is_one_inspection_and_an_undone_finding_is_none()
    {
        await using var hub = Start(new AutomationOptions());
        await FoundAsync(hub, "SR-1", Label.NotFound, 1, "wo-a");
        await FoundAsync(hub, "SR-1", Label.Confirmed, 2, "wo-b");
        await FoundAsync(hub, "SR-2", Label.NotFound, 3, "wo-c");
        await FoundAsync(hub, "SR-2", null, 4, "wo-c");
        Assert.Equal(new Precision(1, 0, 0, 0), (await StandingAsync(hub)).Field);
        await hub.Database.WriteAsync(scope => hub.Get<FieldLabels>().Set(scope, "wo-x", "SR-by-hand", Label.NotFound, 5), WritePriority.Interactive, default);
        Assert.Equal(1, (await StandingAsync(hub)).Field.Inspections);
    }

    [Fact]
    public async Task A_completed_order_confirms_and_nothing_found_does_not()
    {
        await using var hub = Start(Sensors.Trusted);
        await ProposeAsync(hub, 0);
        await ProposeAsync(hub, 4);
        var numbers = (await hub.RequestsAsync()).Select(r => r.Number).ToList();
        await WorkAsync(hub, numbers[0], "wo-1", "field-complete", repaired: true);
        await WorkAsync(hub, numbers[1], "wo-2", "could-not-complete", repaired: false);
        Assert.Equal(new Precision(1, 1, 0, 0), (await StandingAsync(hub)).Field);
    }

    [Fact]
    public async Task Evidence_alone_does_not_withdraw_what_residents_reported_too()
    {
        await using var hub = Start(Sensors.Trusted);
        await ProposeAsync(hub, 0);
        var number = (await hub.OnlyRequestAsync()).Number;
        await hub.Database.WriteAsync(scope => TicketStore.Save(scope, TicketStore.Find(scope, number)! with { Reports = 1 }), WritePriority.Interactive, default);
        await hub.ApplyAsync(Lamp("v3", 60, 0, LampVerdict.Lit), Lamp("v4", 90, 0, LampVerdict.Lit));
        await hub.ReactAsync();
        var request = await hub.OnlyRequestAsync();
        Assert.Equal(("open", 2), (request.Status, request.EvidenceAgainst));
    }

    [Theory]
    [InlineData("nothing-found", 0, 1, 0, 0)]
    [InlineData("other-defect", 0, 0, 1, 0)]
    [InlineData("other-owner", 0, 0, 0, 1)]
    [InlineData("blocked", 0, 0, 0, 0)]
    public async Task A_crews_reason_is_its_label(string reason, int confirmed, int notFound, int otherDefect, int otherOwner)
    {
        await using var hub = Start(Sensors.Trusted);
        await ProposeAsync(hub, 0);
        var number = (await hub.OnlyRequestAsync()).Number;
        await hub.Database.WriteAsync(scope => hub.Get<FollowWork>().Apply(
            scope, new LinkedOrder("wo-1", number, "WO-1", "could-not-complete", "c1", "Crew 1", "v9", scope.Now, Reason: reason), "Crew 1", reason, finding: null),
            WritePriority.Interactive, default);
        Assert.Equal(new Precision(confirmed, notFound, otherDefect, otherOwner), (await StandingAsync(hub)).Field);
    }

    [Fact]
    public void No_setting_gives_what_must_be_earned()
    {
        var options = new AutomationOptions { Mode = AutomationMode.Automatic };
        Assert.Equal(["Mode"], options.Validate(new ValidationContext(options)).SelectMany(r => r.MemberNames));
        Assert.Empty(new AutomationOptions { Mode = AutomationMode.Shadow }.Validate(new ValidationContext(options)));
    }

    [Fact]
    public async Task A_defect_found_after_its_repair_settled_is_a_follow_up_for_review()
    {
        await using var hub = Start(Sensors.Trusted);
        await ProposeAsync(hub, 0);
        var repaired = (await hub.OnlyRequestAsync()).Number;
        await WorkAsync(hub, repaired, "wo-1", "field-complete", repaired: true);

        // The same night says nothing; the next one does.
        await hub.ApplyAsync(Lamp("v3", 120, 0), Lamp("v4", 130, 0));
        await hub.ReactAsync();
        Assert.Single(await hub.RequestsAsync());
        await hub.ApplyAsync(Lamp("v3", 24 * 60, 0), Lamp("v4", 24 * 60 + 30, 0));
        await hub.ReactAsync();
        var followUp = (await hub.RequestsAsync())[1];
        Assert.Equal("review", followUp.Stage);
        Assert.Equal(repaired, (await ProposalAsync(hub, followUp.Number)).FollowUpOf);
        Assert.Contains(await hub.HistoryAsync(repaired), what => what.StartsWith(followUp.Number, StringComparison.Ordinal));
        Assert.Equal([repaired], Heard.Of(hub));
    }

    /// <summary>A city without districts.</summary>
    private static DomainHub Start(AutomationOptions options) => TicketsHub.Start(services =>
    {
        services.AddSingleton(new DistrictMap([], 0));
        Heard.Add(services);
    }, options);

    private async Task ProposeAsync(DomainHub hub, int pole)
    {
        await hub.ApplyAsync(Lamp("v1", 0, pole), Lamp("v2", 30, pole));
        await hub.ReactAsync();
    }

    private static Task<Ticket> AcceptAsync(DomainHub hub, string number) =>
        hub.Database.WriteAsync(
            scope => hub.Get<ReviewRequest>().Accept(scope, TicketStore.Find(scope, number)!, ProposalStore.Find(scope, number)!, Proposal.Accepted, "Dee", "Accepted", null),
            WritePriority.Interactive, default);

    private static Task<Ticket> RejectAsync(DomainHub hub, string number) =>
        hub.Database.WriteAsync(
            scope => hub.Get<ReviewRequest>().Reject(scope, TicketStore.Find(scope, number)!, ProposalStore.Find(scope, number)!, "Dee", ReviewReason.NoDefect, null),
            WritePriority.Interactive, default);

    /// <summary>A crew's finding on a proposal of some earlier day.</summary>
    private static Task FoundAsync(DomainHub hub, string request, Label? label, long atMs, string? order = null) =>
        hub.Database.WriteAsync(scope =>
        {
            ProposalStore.Save(scope, new Proposal
            {
                Request = request, Service = "street-light-out", District = "", State = Proposal.Accepted, Rule = "r", For = 2, Against = 0, Belief = 2, ProposedMs = 0,
            });
            hub.Get<FieldLabels>().Set(scope, order ?? "wo-" + request, request, label, atMs);
        }, WritePriority.Interactive, default);

    private static Task WorkAsync(DomainHub hub, string number, string order, string state, bool repaired)
    {
        var atMs = Sample.Start.AddMinutes(100).ToUnixTimeMilliseconds();
        return hub.Database.WriteAsync(scope => hub.Get<FollowWork>().Apply(
            scope, new LinkedOrder(order, number, order.ToUpperInvariant(), state, "c1", "Crew 1", "v9", scope.Now), "Crew 1", state,
            new WorkFinding(repaired, atMs, atMs, Replay: false)), WritePriority.Interactive, default);
    }

    private static Task<AutomationMode> ModeAsync(DomainHub hub) =>
        hub.Database.ReadAsync(c => AutomationStore.Find(c, null, "street-light-out", "")!.Mode, default);

    private static Task<Standing> StandingAsync(DomainHub hub) =>
        hub.Database.ReadAsync(c => hub.Get<ProposalGate>().StandingOf(c, null, "street-light-out", ""), default);

    private static Task<Proposal> ProposalAsync(DomainHub hub, string number) => hub.Database.ReadAsync(c => ProposalStore.Find(c, null, number)!, default);

    private Hub.Ingest.StoredRecord Lamp(string vehicle, double minute, int pole, LampVerdict verdict = LampVerdict.Dark) =>
        sample.Lamp(vehicle, minute, $"p{pole}", Sample.Origin.MovedByM(pole * 25, 200), verdict);
}
