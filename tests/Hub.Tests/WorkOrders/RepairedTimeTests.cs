using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;
using Sample = ThreeOneOne.Field.Hub.Tests.Sites.Sample;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

/// <summary>Work of a vehicle whose clock was wrong: it counts at once, and gets its right time when the vehicle knows it.</summary>
public sealed class RepairedTimeTests
{
    private const string Boot = "0badc10c";
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    // The boot began at minute 100 of the sample's day.
    private static readonly long BootMs = Sample.Start.AddMinutes(100).ToUnixTimeMilliseconds();

    private readonly Sample sample = new();

    [Theory]
    [InlineData(1970)]
    [InlineData(2046)]
    public async Task A_completion_with_a_wrong_clock_counts_at_once_and_moves_to_its_time_after_the_repair(int year)
    {
        await using var hub = await StartAsync();
        var order = await OrderAsync(hub);
        await hub.ApplyAsync(Wrong(Act("truck1", CrewActionKind.Complete, order), year, minute: 20, arrives: 600));
        Assert.Equal(("field-complete", Sample.Start.AddMinutes(600)), await StateAsync(hub, order));

        await hub.ApplyAsync(Repair("truck1"));
        Assert.Equal(("field-complete", Sample.Start.AddMinutes(120)), await StateAsync(hub, order));
    }

    [Fact]
    public async Task The_repair_decides_who_was_first_whatever_order_things_arrive_in()
    {
        // truck1 completed at minute 120 with its clock at 1970; truck2 at minute 300 with a good one.
        StoredRecord[] what = [];
        var results = new List<(string, DateTimeOffset?, int)>();
        for (var turn = 0; turn < 6; turn++)
        {
            await using var hub = await StartAsync();
            var order = await OrderAsync(hub);
            var samples = new Sample();
            what = [Wrong(Act("truck1", CrewActionKind.Complete, order), 1970, 20, 600), Repair("truck1"), samples.Action("truck2", 300, Do(CrewActionKind.Complete, order), "c2")];
            int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
            foreach (var i in orders[turn]) await hub.ApplyAsync(what[i]);
            var (state, done) = await StateAsync(hub, order);
            var visits = (await OrdersAsync(hub)).Single().Visits;
            results.Add((state, done, visits));
        }

        Assert.Equal(("field-complete", Sample.Start.AddMinutes(120), 1), Assert.Single(results.Distinct()));
    }

    [Fact]
    public async Task A_shift_that_began_in_1970_begins_on_its_day_after_the_repair()
    {
        await using var hub = await StartAsync();
        await hub.ApplyAsync(Wrong(sample.Shift("truck1", 0, "c1", ShiftState.On, "s9"), 1970, 5, 600));
        await hub.ApplyAsync(Repair("truck1"));
        var shift = Assert.Single(await hub.Database.ReadAsync(c => CrewStore.Shifts(c, "c1", 10), default));
        Assert.Equal(Sample.Start.AddMinutes(105), shift.From);
    }

    [Fact]
    public async Task The_repair_of_another_boot_or_vehicle_changes_nothing()
    {
        await using var hub = await StartAsync();
        var order = await OrderAsync(hub);
        await hub.ApplyAsync(Wrong(Act("truck1", CrewActionKind.Complete, order), 1970, 20, 600));
        await hub.ApplyAsync(Repair("truck1", boot: "0000abcd"), Repair("truck2"));
        Assert.Equal(Sample.Start.AddMinutes(600), (await StateAsync(hub, order)).Done);
    }

    private StoredRecord Repair(string vehicle, string boot = Boot) => Wrong(
        sample.Store(vehicle, 0, r => r with { Clock = new ClockRepair(boot, BootMs, 1_000, ClockSource.Gps) }), 1970, 30, 700);

    private static StoredRecord Wrong(StoredRecord stored, int year, double minute, double arrives) => stored with
    {
        ReceivedTime = Sample.Start.AddMinutes(arrives),
        Record = stored.Record with
        {
            Stamp = new Stamp
            {
                DeviceTime = Epoch.AddYears(year - 1970).AddMinutes(minute), Boot = Boot, MonotonicMs = (long)(minute * 60_000), Clock = ClockSource.Unset,
            },
        },
    };

    private StoredRecord Act(string vehicle, CrewActionKind kind, string order) => sample.Action(vehicle, 0, Do(kind, order));

    private static CrewAction Do(CrewActionKind kind, string order) => new() { Id = $"{kind}-{order}-{Guid.NewGuid():N}", Kind = kind, Order = order };

    private static async Task<DomainHub> StartAsync()
    {
        var hub = TicketsHub.Start(services =>
        {
            services.AddSingleton(new LivePositions(new IngestOptions()));
            services.AddResponsibility(new ResponsibilityOptions());
            services.AddWorkOrders(new WorkOrdersOptions { AutoAssign = AutoAssignment.NearestCrew });
        });
        hub.Time.Step(Sample.Start - hub.Time.GetUtcNow());
        await hub.Database.WriteAsync(scope =>
        {
            foreach (var id in new[] { "c1", "c2" }) CrewStore.Add(scope, new Crew(id, $"Crew {id}", ["m1"], []));
        }, WritePriority.Interactive, default);
        return hub;
    }

    private async Task<string> OrderAsync(DomainHub hub)
    {
        var pole = Sample.Origin.MovedByM(75, 200);
        await hub.ApplyAsync(sample.Lamp("v1", 1, "p3", pole, LampVerdict.Dark), sample.Lamp("v2", 31, "p3", pole, LampVerdict.Dark));
        await hub.ReactAsync();
        return Assert.Single(await OrdersAsync(hub)).Id;
    }

    private static Task<IReadOnlyList<OrderSummary>> OrdersAsync(DomainHub hub) =>
        hub.Database.ReadAsync<IReadOnlyList<OrderSummary>>(c => [.. OrderStore.Page(c, null, null, null, 100)], default);

    private static Task<(string State, DateTimeOffset? Done)> StateAsync(DomainHub hub, string order) => hub.Database.WriteAsync(scope =>
    {
        var record = OrderStore.Find(scope, order)!;
        return (record.State, record.DoneAt);
    }, WritePriority.Interactive, default);
}
