using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class SuspendedTargetsTests
{
    [Fact]
    public async Task Targets_stand_still_while_an_event_lasts_and_go_on_with_what_they_had_left()
    {
        await using var hub = TicketsHub.Start();
        var before = await OpenAsync(hub, "pothole");
        var other = await OpenAsync(hub, "graffiti");
        var (target, otherTarget) = ((await FindAsync(hub, before)).TargetAt, (await FindAsync(hub, other)).TargetAt);
        Assert.NotNull(target);

        await RaiseAsync(hub, scope => scope.Raise(new TargetsSuspended("snow-1", ["pothole"], scope.Now)));
        Assert.Equal((null, null, "snow-1"), Of(await FindAsync(hub, before)));
        // What is opened meanwhile stands still, too; other services go on.
        var meanwhile = await OpenAsync(hub, "pothole");
        Assert.Equal((null, null, "snow-1"), Of(await FindAsync(hub, meanwhile)));
        Assert.Equal(otherTarget, (await FindAsync(hub, other)).TargetAt);

        hub.Time.Step(TimeSpan.FromDays(7));
        await RaiseAsync(hub, scope => scope.Raise(new TargetsResumed("snow-1", ["pothole"], scope.Now)));
        // As if it were opened now: nothing was used up before, nor meanwhile.
        var going = await FindAsync(hub, before);
        Assert.Equal(hub.Get<ServiceCatalogue>().Find("pothole")!.TargetFrom(hub.Time.GetUtcNow(), going.Priority), going.TargetAt);
        Assert.True(going.TargetAt > target);
        Assert.NotNull((await FindAsync(hub, meanwhile)).TargetAt);
        Assert.Equal(0, await hub.CountAsync("SELECT COUNT(*) FROM requests WHERE suspended IS NOT NULL"));
        Assert.NotNull((await FindAsync(hub, await OpenAsync(hub, "pothole"))).TargetAt);
    }

    [Fact]
    public async Task An_event_reaches_more_requests_than_one_transaction_takes()
    {
        await using var hub = TicketsHub.Start();
        await hub.Database.WriteAsync(scope =>
        {
            for (var i = 0; i < 450; i++) hub.Get<OpenTicket>().Open(scope, New("graffiti"));
        }, WritePriority.Interactive, default);
        await RaiseAsync(hub, scope => scope.Raise(new TargetsSuspended("flood-1", ["graffiti"], scope.Now)));
        Assert.Equal(450, await hub.CountAsync("SELECT COUNT(*) FROM requests WHERE suspended='flood-1' AND target_ms IS NULL"));
        await RaiseAsync(hub, scope => scope.Raise(new TargetsResumed("flood-1", ["graffiti"], scope.Now)));
        Assert.Equal(450, await hub.CountAsync("SELECT COUNT(*) FROM requests WHERE suspended IS NULL AND target_ms IS NOT NULL"));
    }

    private static (DateTimeOffset? TargetAt, DateTimeOffset? AlertAt, string? Suspended) Of(Ticket t) => (t.TargetAt, t.AlertAt, t.Suspended);

    private static NewRequest New(string service) => new() { Service = service, At = Sample.Origin, Source = "person", Who = "Dee", Why = "Opened by hand" };

    private static Task<string> OpenAsync(DomainHub hub, string service) =>
        hub.Database.WriteAsync(scope => hub.Get<OpenTicket>().Open(scope, New(service)).Number, WritePriority.Interactive, default);

    private static Task<Ticket> FindAsync(DomainHub hub, string number) => hub.Database.ReadAsync(c => TicketStore.Find(c, null, number)!, default);

    private static async Task RaiseAsync(DomainHub hub, Action<WriteScope> raise)
    {
        await hub.Database.WriteAsync(raise, WritePriority.Interactive, default);
        await hub.ReactAsync();
    }
}
