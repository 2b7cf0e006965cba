using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class OrderLifeTests
{
    private readonly Sample sample = new();

    [Fact]
    public async Task By_rule_a_request_becomes_an_order_of_the_crew_on_shift_and_closes_with_its_work()
    {
        await using var hub = await StartAsync();
        await SignOnAsync(hub, "truck1", "c1", 0);
        await RequestAsync(hub);
        var order = await OnlyOrderAsync(hub);
        Assert.Equal(("assigned", "c1", "Crew c1"), (order.State, order.Crew, order.CrewName));
        Assert.Equal(("open", "assigned", order.Number), await RequestStateAsync(hub));

        await hub.ApplyAsync(Act("truck1", 60, CrewActionKind.Accept, order.Id), Act("truck1", 70, CrewActionKind.Start, order.Id));
        Assert.Equal(("open", "in-progress", order.Number), await RequestStateAsync(hub));
        await hub.ApplyAsync(Act("truck1", 80, CrewActionKind.Complete, order.Id));
        await hub.ReactAsync();
        Assert.Equal(("closed", "field-complete", order.Number), await RequestStateAsync(hub));
        Assert.Equal(0, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE supported=1"));
        Assert.Single(await hub.RequestsAsync());
    }

    [Fact]
    public async Task Work_that_waits_goes_to_a_crew_that_signs_on_later()
    {
        await using var hub = await StartAsync();
        await RequestAsync(hub);
        Assert.Equal("unassigned", (await OnlyOrderAsync(hub)).State);
        await SignOnAsync(hub, "truck1", "c1", 50);
        Assert.Equal("assigned", (await OnlyOrderAsync(hub)).State);
    }

    [Fact]
    public async Task Orders_follow_the_crew_from_vehicle_to_vehicle_with_rising_versions()
    {
        await using var hub = await StartAsync();
        await SignOnAsync(hub, "truck1", "c1", 0);
        await RequestAsync(hub);
        var first = await CopyAsync(hub, "truck1");
        Assert.Single(first!.Orders);

        await hub.ApplyAsync(sample.Shift("truck1", 60, "c1", ShiftState.Off), sample.Shift("truck2", 61, "c1", ShiftState.On, "s2"));
        await hub.ReactAsync();
        var left = await CopyAsync(hub, "truck1");
        var taken = await CopyAsync(hub, "truck2");
        Assert.Empty(left!.Orders);
        Assert.Null(left.Crew);
        Assert.True(left.StateVersion > first.StateVersion);
        Assert.Equal(first.Orders[0].Id, Assert.Single(taken!.Orders).Id);
    }

    [Fact]
    public async Task A_pothole_fixed_on_the_spot_opens_and_closes_in_one_go_and_may_be_taken_back()
    {
        await using var hub = await StartAsync();
        await SignOnAsync(hub, "truck1", "c1", 0);
        var fix = new CrewAction { Id = "fix-1", Kind = CrewActionKind.FixedHere, Service = "pothole", At = Sample.Origin, Note = "filled" };
        await hub.ApplyAsync(sample.Action("truck1", 10, fix));
        await hub.ReactAsync();
        var request = await hub.OnlyRequestAsync();
        Assert.Equal(("closed", "crew"), (request.Status, request.Source));
        Assert.Equal("field-complete", (await OnlyOrderAsync(hub)).State);

        await hub.ApplyAsync(sample.Action("truck1", 11, fix));
        await hub.OnlyRequestAsync();
        var order = await OnlyOrderAsync(hub);
        Assert.Single(await hub.Database.ReadAsync(c => OrderEventStore.Of(c, null, order.Id), default), e => e.Action == fix.Id);

        await hub.ApplyAsync(sample.Action("truck1", 12, new CrewAction { Id = "undo-1", Kind = CrewActionKind.Undo, Undoes = "fix-1" }));
        await hub.ReactAsync();
        Assert.Equal("withdrawn", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task A_pothole_fixed_on_the_spot_beside_an_open_request_completes_its_order()
    {
        await using var hub = await StartAsync();
        await hub.ApplyAsync(sample.Shock("v1", 0, Sample.Origin), sample.Shock("v2", 30, Sample.Origin));
        await hub.ReactAsync();
        await hub.ApplyAsync(sample.Action("truck7", 60, new CrewAction { Id = "fix-1", Kind = CrewActionKind.FixedHere, Service = "pothole", At = Sample.Origin.MovedByM(6, 6) }, "c2"));
        await hub.ReactAsync();
        Assert.Equal("closed", (await hub.OnlyRequestAsync()).Status);
        Assert.Equal(("field-complete", "c2"), ((await OnlyOrderAsync(hub)).State, (await OnlyOrderAsync(hub)).Crew));
    }

    [Fact]
    public async Task An_action_far_from_the_job_is_flagged_and_counts()
    {
        await using var hub = await StartAsync();
        await SignOnAsync(hub, "truck1", "c1", 0);
        await RequestAsync(hub);
        var order = await OnlyOrderAsync(hub);
        await hub.ApplyAsync(Act("truck1", 80, CrewActionKind.Complete, order.Id, new GeoPoint(42.40, -71.12)));
        var done = await OnlyOrderAsync(hub);
        Assert.Equal(("field-complete", true), (done.State, done.Far));
    }

    [Fact]
    public async Task An_action_on_an_unknown_order_is_kept()
    {
        await using var hub = await StartAsync();
        await hub.ApplyAsync(Act("truck1", 80, CrewActionKind.Complete, "wo-99-000001"));
        await hub.ReactAsync();
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM order_events WHERE order_id='wo-99-000001'"));
    }

    [Fact]
    public async Task Nothing_found_lowers_the_belief_and_leaves_the_request_to_the_office()
    {
        await using var hub = await StartAsync();
        await SignOnAsync(hub, "truck1", "c1", 0);
        await RequestAsync(hub);
        var order = await OnlyOrderAsync(hub);
        await hub.ApplyAsync(sample.Action("truck1", 80, new CrewAction { Id = "a1", Kind = CrewActionKind.CannotComplete, Order = order.Id, Reason = FoundReason.NothingFound }));
        await hub.ReactAsync();
        Assert.Equal(("open", "could-not-complete", order.Number), await RequestStateAsync(hub));
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE kind='lamp' AND supported=0 AND belief < -2"));
    }

    [Fact]
    public async Task An_order_of_a_withdrawn_request_is_cancelled_while_nobody_has_begun()
    {
        await using var hub = await StartAsync();
        await SignOnAsync(hub, "truck1", "c1", 0);
        await RequestAsync(hub);
        for (var i = 0; i < 4; i++) await hub.ApplyAsync(sample.Lamp($"w{i}", 100 + i, "p3", Pole, LampVerdict.Lit, 0.9));
        await hub.ReactAsync();
        Assert.Equal("withdrawn", (await hub.OnlyRequestAsync()).Status);
        Assert.Equal("cancelled", (await OnlyOrderAsync(hub)).State);
        Assert.Empty((await CopyAsync(hub, "truck1"))!.Orders);
    }

    [Fact]
    public async Task Late_and_shuffled_actions_give_the_state_of_those_in_time()
    {
        await using var hub = await StartAsync();
        await SignOnAsync(hub, "truck1", "c1", 0);
        await RequestAsync(hub);
        var order = await OnlyOrderAsync(hub);
        var complete = Act("truck1", 80, CrewActionKind.Complete, order.Id);
        var start = Act("truck1", 70, CrewActionKind.Start, order.Id);
        var accept = Act("truck1", 60, CrewActionKind.Accept, order.Id);
        foreach (var late in new[] { complete, accept, start })
        {
            await hub.ApplyAsync(late);
            Assert.Equal("field-complete", (await OnlyOrderAsync(hub)).State);
        }

        Assert.Equal("closed", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task A_long_line_for_crews_that_are_away_hides_nothing_from_those_that_are_there()
    {
        await using var hub = await StartAsync();
        await hub.Database.WriteAsync(scope =>
        {
            CrewStore.Add(scope, new Crew("holes", "Holes", ["m1"], ["pothole"]));
            var template = new OrderRecord
            {
                Id = "", Number = "", Request = "SR-26-900000", Service = "street-light-out", Title = "Street light out", At = Pole, Priority = 1,
                CreatedAt = scope.Now, UpdatedAt = scope.Now,
            };
            for (var i = 0; i < 250; i++) OrderStore.Save(scope, template with { Id = $"lamp-{i}", Number = $"WO-L-{i:000}" });
            OrderStore.Save(scope, template with { Id = "hole", Number = "WO-P-1", Service = "pothole", Priority = 4 });
        }, WritePriority.Interactive, default);
        await SignOnAsync(hub, "truck9", "holes", 5);
        Assert.Equal("hole", Assert.Single((await CopyAsync(hub, "truck9"))!.Orders).Id);
    }

    private static GeoPoint Pole => Sample.Origin.MovedByM(75, 200);

    private static async Task<DomainHub> StartAsync()
    {
        var hub = TicketsHub.Start(services =>
        {
            services.AddSingleton(new LivePositions(new IngestOptions()));
            services.AddResponsibility(new ResponsibilityOptions());
            services.AddWorkOrders(new WorkOrdersOptions { AutoAssign = AutoAssignment.NearestCrew });
        });
        // The office's clock stands before the crews' day, as it would.
        hub.Time.Step(Sample.Start - hub.Time.GetUtcNow());
        await hub.Database.WriteAsync(scope =>
        {
            foreach (var id in new[] { "c1", "c2" }) CrewStore.Add(scope, new Crew(id, $"Crew {id}", ["m1"], []));
        }, WritePriority.Interactive, default);
        return hub;
    }

    private async Task SignOnAsync(DomainHub hub, string vehicle, string crew, double minute)
    {
        await hub.ApplyAsync(sample.Shift(vehicle, minute, crew, ShiftState.On, $"s-{vehicle}"));
        await hub.ReactAsync();
    }

    private async Task RequestAsync(DomainHub hub)
    {
        await hub.ApplyAsync(sample.Lamp("v1", 1, "p3", Pole, LampVerdict.Dark), sample.Lamp("v2", 31, "p3", Pole, LampVerdict.Dark));
        await hub.ReactAsync();
    }

    private StoredRecord Act(string vehicle, double minute, CrewActionKind kind, string order, GeoPoint? at = null) =>
        sample.Action(vehicle, minute, new CrewAction { Id = $"{vehicle}-{kind}-{minute}", Kind = kind, Order = order, At = at ?? Pole });

    private static async Task<OrderSummary> OnlyOrderAsync(DomainHub hub) =>
        Assert.Single(await hub.Database.ReadAsync(c => OrderStore.Page(c, null, null, null, 100), default));

    private static async Task<(string, string, string?)> RequestStateAsync(DomainHub hub)
    {
        var request = await hub.OnlyRequestAsync();
        return (request.Status, request.Stage, request.Order);
    }

    private static Task<OrdersState?> CopyAsync(DomainHub hub, string vehicle) =>
        hub.Database.ReadAsync(c => VehicleOrdersStore.State(c, vehicle, "e1"), default);
}
