using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class TargetAlertTests
{
    [Fact]
    public async Task A_request_warns_before_its_target_date_breaches_at_it_and_escalates_after_it()
    {
        await using var hub = TicketsHub.Start();
        var ticket = await OpenAsync(hub);
        Assert.Equal(0, await WatchAsync(hub));
        Assert.Empty(await AlertsAsync(hub));

        hub.Time.Step(ticket.AlertAt!.Value - hub.Time.GetUtcNow());
        Assert.Equal(1, await WatchAsync(hub));
        Assert.True(hub.Time.GetUtcNow() < ticket.TargetAt);
        Assert.Equal(["warning"], await AlertsAsync(hub));
        Assert.Equal(0, await WatchAsync(hub));

        hub.Time.Step(ticket.TargetAt!.Value - hub.Time.GetUtcNow());
        Assert.Equal(1, await WatchAsync(hub));
        hub.Time.Step(TimeSpan.FromDays(60));
        Assert.Equal(1, await WatchAsync(hub));
        Assert.Equal(["escalation", "breach", "warning"], await AlertsAsync(hub));
        Assert.Equal(0, await WatchAsync(hub));
        Assert.Contains(await hub.HistoryAsync(ticket.Number), what => what.Contains("75 %", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hub_that_was_off_takes_all_steps_at_once_and_none_twice()
    {
        await using var hub = TicketsHub.Start();
        await OpenAsync(hub);
        await OpenAsync(hub, east: 500);
        hub.Time.Step(TimeSpan.FromDays(90));
        Assert.Equal(6, await WatchAsync(hub));
        Assert.Equal(0, await WatchAsync(hub));
        Assert.Equal(6, (await AlertsAsync(hub)).Count);
    }

    [Fact]
    public async Task A_request_that_waits_for_parts_raises_nothing_until_it_goes_on()
    {
        await using var hub = TicketsHub.Start();
        var ticket = await OpenAsync(hub);
        Assert.Null(await hub.Database.WriteAsync(scope => hub.Get<DecideRequest>().Wait(scope, ticket.Number, "Dee", null, "parts"), WritePriority.Interactive, default));
        hub.Time.Step(TimeSpan.FromDays(90));
        Assert.Equal(0, await WatchAsync(hub));
        Assert.Null(await hub.Database.WriteAsync(scope => hub.Get<DecideRequest>().Resume(scope, ticket.Number, "Dee", null), WritePriority.Interactive, default));
        Assert.Equal(0, await WatchAsync(hub));
        hub.Time.Step(TimeSpan.FromDays(90));
        Assert.Equal(3, await WatchAsync(hub));
    }

    [Fact]
    public async Task Alerts_of_a_request_that_ended_are_cleared()
    {
        await using var hub = TicketsHub.Start();
        var ticket = await OpenAsync(hub);
        hub.Time.Step(TimeSpan.FromDays(90));
        await WatchAsync(hub);
        Assert.Null(await hub.Database.WriteAsync(scope => hub.Get<DecideRequest>().Resolve(scope, ticket.Number, "Dee", null, "no-action"), WritePriority.Interactive, default));
        Assert.Empty(await AlertsAsync(hub));
    }

    private static Task<Ticket> OpenAsync(DomainHub hub, double east = 0) =>
        hub.Database.WriteAsync(scope => hub.Get<OpenTicket>().Open(scope, new NewRequest
        {
            Service = "pothole", At = Sample.Origin.MovedByM(east, 0), Source = "resident", Who = "Web", Why = "Reported",
        }), WritePriority.Interactive, default);

    private static Task<int> WatchAsync(DomainHub hub) => hub.Get<IEnumerable<IHostedService>>().OfType<WatchTargets>().Single().RunAsync(default);

    private static Task<List<string>> AlertsAsync(DomainHub hub) =>
        hub.Database.ReadAsync(c => TargetAlertStore.Page(c, openOnly: true, null, 100, null).Select(a => a.Kind).ToList(), default);
}
