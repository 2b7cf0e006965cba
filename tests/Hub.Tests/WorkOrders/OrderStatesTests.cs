using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class OrderStatesTests
{
    private readonly Sample sample = new();

    [Fact]
    public async Task A_temporary_repair_opens_a_dated_permanent_one_and_the_request_closes_with_that()
    {
        await using var hub = await WorkHub.StartAsync();
        var order = await hub.OrderAsync();
        var due = Sample.Start.AddDays(9);
        await hub.ApplyAsync(Act(10, new CrewAction { Id = "t1", Kind = CrewActionKind.TemporaryRepair, Order = order.Id, Until = due, At = Sample.Origin }));
        var follow = (await hub.OrdersAsync()).Single(o => o.Follows == order.Id);
        Assert.Equal(("unassigned", "permanent", due, order.Request), (follow.State, follow.Kind, follow.TargetAt, follow.Request));
        Assert.Equal(("temporary-repair", "temporary-repair"), ((await hub.FindAsync(order.Id)).State, (await hub.FindAsync(order.Id)).Resolution));
        Assert.Equal("open", (await hub.OnlyRequestAsync()).Status);

        await hub.ApplyAsync(Act(20, new CrewAction { Id = "p1", Kind = CrewActionKind.Complete, Order = follow.Id, At = Sample.Origin }, "c2"));
        Assert.Equal("closed", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task A_temporary_repair_that_is_taken_back_takes_its_permanent_one_along()
    {
        await using var hub = await WorkHub.StartAsync();
        var order = await hub.OrderAsync();
        await hub.ApplyAsync(Act(10, new CrewAction { Id = "t1", Kind = CrewActionKind.TemporaryRepair, Order = order.Id }));
        await hub.ApplyAsync(Act(11, new CrewAction { Id = "u1", Kind = CrewActionKind.Undo, Undoes = "t1" }));
        Assert.Equal("cancelled", (await hub.OrdersAsync()).Single(o => o.Follows == order.Id).State);
        await hub.ApplyAsync(Act(12, new CrewAction { Id = "t2", Kind = CrewActionKind.TemporaryRepair, Order = order.Id }));
        Assert.Equal("unassigned", (await hub.OrdersAsync()).Single(o => o.Follows == order.Id).State);
        await hub.ApplyAsync(Act(13, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = order.Id }));
        Assert.Equal("cancelled", (await hub.OrdersAsync()).Single(o => o.Follows == order.Id).State);
        Assert.Equal("closed", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task What_was_only_made_safe_is_followed_by_a_repair()
    {
        await using var hub = await WorkHub.StartAsync();
        var order = await hub.OrderAsync(kind: OrderKind.MakeSafe);
        await hub.ApplyAsync(Act(10, new CrewAction { Id = "s1", Kind = CrewActionKind.MakeSafe, Order = order.Id, At = Sample.Origin }));
        Assert.Equal("field-complete", (await hub.FindAsync(order.Id)).State);
        Assert.Equal(("permanent", "unassigned"), (await hub.OrdersAsync()).Where(o => o.Follows == order.Id).Select(o => (o.Kind, o.State)).Single());
        Assert.Equal("open", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task A_request_waits_while_its_order_waits_and_closes_with_its_last_order()
    {
        await using var hub = await WorkHub.StartAsync();
        var order = await hub.OrderAsync();
        await hub.ApplyAsync(Act(10, new CrewAction { Id = "w1", Kind = CrewActionKind.Wait, Order = order.Id, Reason = WaitReason.Utility }));
        Assert.Equal(("open", "waiting"), await StageAsync(hub));
        var second = await hub.Database.WriteAsync(
            scope => hub.Get<CreateOrder>().CreateFor(scope, Hub.Tickets.TicketStore.Find(scope, order.Request!)!, "c2", "Dee"), WritePriority.Interactive, default);
        await hub.ApplyAsync(Act(20, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = order.Id }));
        Assert.Equal(("open", "assigned"), await StageAsync(hub));
        await hub.ApplyAsync(Act(30, new CrewAction { Id = "d2", Kind = CrewActionKind.Complete, Order = second.Id }, "c2"));
        Assert.Equal("closed", (await hub.OnlyRequestAsync()).Status);
    }

    [Theory]
    [InlineData(WaitReason.Parts)]
    [InlineData(WaitReason.Utility)]
    [InlineData(WaitReason.Weather)]
    [InlineData(WaitReason.Police)]
    [InlineData(WaitReason.Permit)]
    public async Task An_order_waits_for_its_reason_and_the_requests_clock_stands_still(string reason)
    {
        await using var hub = await WorkHub.StartAsync();
        var order = await hub.OrderAsync();
        await hub.ApplyAsync(Act(10, new CrewAction { Id = "w1", Kind = CrewActionKind.Wait, Order = order.Id, Reason = reason }));
        Assert.Equal(("waiting", reason), ((await hub.FindAsync(order.Id)).State, (await hub.FindAsync(order.Id)).Reason));
        Assert.Equal("waiting", (await StageAsync(hub)).Item2);
        Assert.Equal(reason, (await hub.Database.ReadAsync(c => Hub.Tickets.TicketStore.Find(c, null, order.Request!)!, default)).WaitReason);
        await hub.ApplyAsync(Act(20, new CrewAction { Id = "s1", Kind = CrewActionKind.Start, Order = order.Id }));
        Assert.Null((await hub.Database.ReadAsync(c => Hub.Tickets.TicketStore.Find(c, null, order.Request!)!, default)).WaitReason);
    }

    [Fact]
    public async Task A_crew_that_lost_its_order_without_signal_keeps_its_work_and_both_crews_see_what_happened()
    {
        await using var hub = await WorkHub.StartAsync();
        await hub.ApplyAsync(sample.Shift("truck1", 0, "c1", ShiftState.On), sample.Shift("truck2", 0, "c2", ShiftState.On, "s2"));
        await hub.ReactAsync();
        var order = await hub.OrderAsync("c1");
        hub.Time.Step(TimeSpan.FromMinutes(30));
        await hub.Database.WriteAsync(scope =>
        {
            OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Assign, "c2", "Dee");
            hub.Get<RefoldOrders>().Refold(scope, order.Id);
        }, WritePriority.Interactive, default);
        var lost = (await CopyAsync(hub, "truck1"))!;
        Assert.Empty(lost.Orders);
        Assert.Equal(("reassigned", "Crew c2"), (Assert.Single(lost.Notices!).What, lost.Notices![0].Crew));

        // The first crew had done it before, and says so now.
        await hub.ApplyAsync(Act(20, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = order.Id, At = Sample.Origin }));
        Assert.Equal(("field-complete", "c1"), await StateAsync(hub, order.Id));
        var told = (await CopyAsync(hub, "truck2"))!;
        Assert.Empty(told.Orders);
        Assert.Equal(("done-by-other", "Crew c1"), (Assert.Single(told.Notices!).What, told.Notices![0].Crew));
    }

    [Fact]
    public async Task A_crew_that_signs_on_to_another_truck_takes_its_orders_along_without_signing_off()
    {
        await using var hub = await WorkHub.StartAsync();
        await hub.ApplyAsync(sample.Shift("truck1", 0, "c1", ShiftState.On));
        var order = await hub.OrderAsync("c1");
        await hub.ReactAsync();
        await hub.ApplyAsync(Act(5, new CrewAction { Id = "s1", Kind = CrewActionKind.Start, Order = order.Id }), sample.Shift("truck2", 9, "c1", ShiftState.On, "s2"));
        await hub.ReactAsync();
        Assert.Empty((await CopyAsync(hub, "truck1"))!.Orders);
        Assert.Equal("started", Assert.Single((await CopyAsync(hub, "truck2"))!.Orders).State);
        await hub.ApplyAsync(sample.Action("truck2", 30, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = order.Id }, shift: "s2"));
        Assert.Equal(("field-complete", "c1"), await StateAsync(hub, order.Id));
        Assert.Equal("truck2", (await hub.FindAsync(order.Id)).Vehicle);
    }

    [Fact]
    public async Task A_cry_for_help_stands_until_the_office_takes_it_on_even_if_it_is_taken_back()
    {
        await using var hub = await WorkHub.StartAsync();
        var cry = new CrewAction { Id = "help", Kind = CrewActionKind.Duress, At = Sample.Origin, Note = "come" };
        await hub.ApplyAsync(Act(10, cry));
        await hub.ApplyAsync(Act(10, cry));
        await hub.ApplyAsync(Act(11, new CrewAction { Id = "u1", Kind = CrewActionKind.Undo, Undoes = "help" }));
        var alert = Assert.Single(await AlertsAsync(hub));
        Assert.Equal(("duress", "c1", "Crew c1", Sample.Start.AddMinutes(11)), (alert.Kind, alert.Crew, alert.CrewName, alert.TakenBackAt));
        Assert.True(await hub.Database.WriteAsync(scope => CrewAlertStore.Acknowledge(scope, "help", "Dee"), WritePriority.Interactive, default));
        Assert.False(await hub.Database.WriteAsync(scope => CrewAlertStore.Acknowledge(scope, "help", "Bo"), WritePriority.Interactive, default));
        Assert.Empty(await AlertsAsync(hub));
    }

    private StoredRecord Act(double minute, CrewAction action, string crew = "c1") => sample.Action(crew == "c1" ? "truck1" : "truck2", minute, action, crew);

    private static Task<IReadOnlyList<CrewAlert>> AlertsAsync(DomainHub hub) => hub.Database.ReadAsync(c => CrewAlertStore.Standing(c, hub.Time.GetUtcNow()), default);

    private static async Task<(string, string)> StageAsync(DomainHub hub)
    {
        var request = await hub.OnlyRequestAsync();
        return (request.Status, request.Stage);
    }

    private static async Task<(string, string?)> StateAsync(DomainHub hub, string id)
    {
        var order = await hub.FindAsync(id);
        return (order.State, order.Crew);
    }

    private static Task<OrdersState?> CopyAsync(DomainHub hub, string vehicle) => hub.Database.ReadAsync(c => VehicleOrdersStore.State(c, vehicle, "e1"), default);
}
