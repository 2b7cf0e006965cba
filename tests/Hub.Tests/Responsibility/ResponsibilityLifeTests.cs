using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Responsibility;

public sealed class ResponsibilityLifeTests : IAsyncLifetime
{
    private readonly DomainHub hub = TicketsHub.Start(services =>
    {
        services.AddSingleton(new LivePositions(new IngestOptions()));
        services.AddResponsibility(new ResponsibilityOptions());
        services.AddWorkOrders(new WorkOrdersOptions { AutoAssign = AutoAssignment.NearestCrew });
    });

    private readonly Sample sample = new();

    public Task InitializeAsync()
    {
        StreetLight Light(string pole, int east, string? owner) => new(pole, Sample.Origin.MovedByM(east, 400), owner, "Cobrahead", "A2", 1, 4);
        hub.Poles.Replace([Light("ours", 0, "City"), Light("theirs", 100, "Private"), Light("whose", 200, null)]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_light_of_the_city_gets_an_order_and_one_of_unknown_owner_waits_for_a_person()
    {
        var ours = await OpenAsync("ours");
        var whose = await OpenAsync("whose");
        Assert.Equal(("received", "crew", true), Of(await FindAsync(ours)));
        Assert.Equal(("triage", "triage", false), Of(await FindAsync(whose)));
        Assert.Equal([whose], await hub.Database.ReadAsync(c => ResponsibilityStore.With(c, Outcome.Triage, null, 10).ConvertAll(d => d.Request), default));

        await DecideAsync(whose, Outcome.OwnCrew, "city", "the plate says so");
        Assert.Equal(("received", "crew", true), Of(await FindAsync(whose)));
        Assert.Empty(await hub.Database.ReadAsync(c => ResponsibilityStore.With(c, Outcome.Triage, null, 10), default));

        // A person's word is not overruled when the request is asked about again.
        await hub.Database.WriteAsync(scope => scope.Raise(new RequestOpened(whose)), WritePriority.Interactive, default);
        await hub.ReactAsync();
        Assert.Equal("crew", (await FindAsync(whose)).Responsible);
        Assert.Equal(1, await hub.CountAsync($"SELECT COUNT(*) FROM work_orders WHERE request='{whose}'"));
    }

    [Fact]
    public async Task Private_property_gets_a_notice_and_no_crew_and_ends_when_its_owner_was_told()
    {
        var number = await OpenAsync("theirs");
        Assert.Equal(("referred", "private", false), Of(await FindAsync(number)));
        var notice = Assert.Single(await ReferralsAsync(number));
        Assert.Equal((Referral.ToOwner, true), (notice.Kind, notice.IsOpen));
        await hub.Database.WriteAsync(scope => hub.Get<FollowResponsibility>().CloseElsewhere(scope, number, told: true, "Dee", "The owner was told"), WritePriority.Interactive, default);
        var ended = await FindAsync(number);
        Assert.Equal(("closed", "private-property"), (ended.Status, ended.ResolutionCode));
    }

    [Fact]
    public async Task A_referral_stops_the_orders_that_nobody_began_and_a_refusal_brings_it_back()
    {
        var number = await OpenAsync("ours");
        await DecideAsync(number, Outcome.Referral, "electric", "their cable");
        await hub.ReactAsync();
        Assert.Equal(("referred", "referral", false), Of(await FindAsync(number)));
        Assert.Equal(1, await hub.CountAsync($"SELECT COUNT(*) FROM work_orders WHERE request='{number}' AND state='cancelled'"));
        var referral = Assert.Single(await ReferralsAsync(number));
        Assert.Equal(("electric", hub.Time.GetUtcNow().AddDays(5)), (referral.Party, referral.ChaseAt));
        Assert.Contains("Electric and telephone utilities", await BlocksAsync(number), StringComparison.Ordinal);

        await DecideAsync(number, Outcome.Triage, null, "they say it is not theirs");
        Assert.Equal((Referral.Dropped, false), (await ReferralsAsync(number)) is [var dropped] ? (dropped.Answer, dropped.IsOpen) : default);
        await DecideAsync(number, Outcome.OwnCrew, "city", "ours after all");
        await hub.ReactAsync();
        Assert.Equal(("received", "crew", true), Of(await FindAsync(number)));
        Assert.Null(await BlocksAsync(number));
        Assert.Equal(2, await hub.CountAsync($"SELECT COUNT(*) FROM work_orders WHERE request='{number}'"));
    }

    [Fact]
    public async Task What_a_crew_found_to_be_somebody_elses_waits_for_a_person_and_work_done_all_the_same_counts()
    {
        var number = await OpenAsync("ours");
        await hub.Database.WriteAsync(scope => hub.Get<Responsibilities>().OtherOwner(scope, number, "the plate says Harvard", "Crew 1"), WritePriority.Interactive, default);
        await hub.ReactAsync();
        Assert.Equal("triage", (await FindAsync(number)).Responsible);
        Assert.Contains(await hub.HistoryAsync(number), h => h.Contains("the plate says Harvard", StringComparison.Ordinal));

        await hub.Database.WriteAsync(scope => CrewStore.Add(scope, new Crew("c1", "Crew c1", ["m1"], [])), WritePriority.Interactive, default);
        var order = await hub.Database.WriteAsync(scope => hub.Get<CreateOrder>().CreateFor(scope, TicketStore.Find(scope, number)!, "c1", "Dee").Id, WritePriority.Interactive, default);
        await hub.ApplyAsync(sample.Shift("truck1", 5, "c1", ShiftState.On, "s1"));
        await hub.ApplyAsync(sample.Action("truck1", 10, new CrewAction { Id = "a1", Kind = CrewActionKind.Complete, Order = order }));
        await hub.ReactAsync();
        Assert.Equal("closed", (await FindAsync(number)).Status);
    }

    private static (string Stage, string? Responsible, bool HasOrder) Of(Ticket t) => (t.Stage, t.Responsible, t.OrderNumber is not null);

    private Task<Ticket> FindAsync(string number) => hub.Database.ReadAsync(c => TicketStore.Find(c, null, number)!, default);

    private Task<List<Referral>> ReferralsAsync(string number) => hub.Database.ReadAsync(c => ResponsibilityStore.Referrals(c, null, number), default);

    private Task<string?> BlocksAsync(string number) => hub.Database.WriteAsync(scope => hub.Get<Responsibilities>().Blocks(scope, number), WritePriority.Interactive, default);

    private Task DecideAsync(string number, string outcome, string? party, string because) => hub.Database.WriteAsync(
        scope => hub.Get<Responsibilities>().Decide(scope, number, outcome, party, because, "Dee"), WritePriority.Interactive, default).ContinueWith(_ => hub.ReactAsync(), TaskScheduler.Default).Unwrap();

    private async Task<string> OpenAsync(string pole)
    {
        var number = await hub.Database.WriteAsync(scope =>
        {
            var ticket = hub.Get<OpenTicket>().Open(scope, new NewRequest
            {
                Service = "street-light-out", At = hub.Poles.Find(pole)!.At, Source = "person", Who = "Dee", Why = "Opened by hand",
            });
            scope.Raise(new RequestOpened(ticket.Number));
            return ticket.Number;
        }, WritePriority.Interactive, default);
        await hub.ReactAsync();
        return number;
    }
}
