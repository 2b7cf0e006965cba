using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class RepairPointTests
{
    private readonly Sample sample = new();

    [Fact]
    public async Task A_truck_that_fills_along_a_street_makes_one_order_with_many_points()
    {
        await using var hub = await WorkHub.StartAsync();
        await hub.ApplyAsync([.. Enumerable.Range(0, 40).Select(i => Fill(i, Here.MovedByM(i * 6, 0), point: new RepairPoint("pothole", 0.4, "m2")))]);
        var order = Assert.Single(await hub.OrdersAsync());
        Assert.Equal(("field-complete", 40, 0, true, false), (order.State, order.Points, order.Visits, order.ByCrew, order.Far));
        Assert.Equal(("closed", "crew"), ((await hub.OnlyRequestAsync()).Status, (await hub.OnlyRequestAsync()).Source));
        var points = (await hub.StoryAsync(order.Id)).Points;
        Assert.Equal(Here.MovedByM(39 * 6, 0).Rounded(), points[^1].At);
        Assert.Equal(new RepairPoint("pothole", 0.4, "m2"), points[^1].Point);
        Assert.Equal(Sample.Start.AddMinutes(39).ToUnixTimeMilliseconds(), points[^1].AtMs);
    }

    [Fact]
    public async Task Fills_give_the_same_orders_and_points_in_any_order_of_arrival()
    {
        var random = new Random(63);
        var day = Enumerable.Range(0, 60).Select(i => Fill(i, Here.MovedByM(random.Next(-900, 900), random.Next(-900, 900)), i % 4 == 0 ? "c2" : "c1", $"f{i}")).ToArray();
        List<string>? expected = null;
        for (var round = 0; round < 4; round++)
        {
            await using var hub = await WorkHub.StartAsync();
            foreach (var record in day) await hub.ApplyAsync(record);
            var orders = new List<string>();
            foreach (var order in await hub.OrdersAsync())
            {
                var story = await hub.StoryAsync(order.Id);
                orders.Add($"{order.Crew} {order.State} {order.Points} {string.Join(',', story.Points.Select(p => p.Action))}");
            }

            orders.Sort(StringComparer.Ordinal);
            Assert.Equal(60, orders.Sum(o => int.Parse(o.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)));
            expected ??= orders;
            Assert.Equal(expected, orders);
            random.Shuffle(day);
        }
    }

    [Fact]
    public async Task A_shift_across_midnight_and_the_end_of_summer_time_is_one_working_day()
    {
        await using var hub = await WorkHub.StartAsync();
        // New York sets its clocks back at 06:00 UTC on 1 November 2026: the night of 31 October has 25 hours of local day.
        var evening = new DateTimeOffset(2026, 11, 1, 2, 0, 0, TimeSpan.Zero);
        StoredRecord At(double hours, string id)
        {
            var at = evening.AddHours(hours);
            var fill = Fill(0, Here, "c1", id);
            return fill with { Record = fill.Record with { Stamp = fill.Record.Stamp with { FixTime = at, DeviceTime = at } }, ReceivedTime = at };
        }

        // 22:00, 23:59, 01:30 summer time, 01:30 winter time, and 08:00 of the next working day.
        await hub.ApplyAsync(At(0, "a"), At(2, "b"), At(3.5, "c"), At(4.5, "d"), At(11, "e"));
        Assert.Equal([4, 1], (await hub.OrdersAsync()).Select(o => o.Points).Order().Reverse());
    }

    [Fact]
    public async Task A_fill_beside_an_open_request_closes_it_though_nobody_assigned_it()
    {
        await using var hub = await WorkHub.StartAsync();
        var street = await hub.OrderAsync("c1", Here.MovedByM(0, 60));
        var asked = await hub.OrderAsync(crew: null, at: Here);
        await hub.ApplyAsync(
            sample.Action("truck1", 10, new CrewAction { Id = "p1", Kind = CrewActionKind.Point, Order = street.Id, At = Here.MovedByM(5, 5), Point = new RepairPoint("pothole") }));
        Assert.Equal(("field-complete", "c1"), ((await hub.FindAsync(asked.Id)).State, (await hub.FindAsync(asked.Id)).Crew));
        Assert.Equal(("started", 1), ((await hub.FindAsync(street.Id)).State, (await hub.FindAsync(street.Id)).Points));
        Assert.Equal("closed", (await hub.RequestsAsync()).Single(r => r.Number == asked.Request).Status);

        await hub.ApplyAsync(sample.Action("truck1", 11, new CrewAction { Id = "u1", Kind = CrewActionKind.Undo, Undoes = "p1" }));
        Assert.Equal("unassigned", (await hub.FindAsync(asked.Id)).State);
        Assert.Equal(("assigned", 0), ((await hub.FindAsync(street.Id)).State, (await hub.FindAsync(street.Id)).Points));
        Assert.Equal("open", (await hub.RequestsAsync()).Single(r => r.Number == asked.Request).Status);
    }

    [Fact]
    public async Task A_fill_from_before_a_persons_report_does_not_close_the_report()
    {
        await using var hub = await WorkHub.StartAsync();
        hub.Time.Step(TimeSpan.FromHours(3));
        var reported = await hub.OrderAsync(crew: null, at: Here);
        await hub.ApplyAsync(Fill(60, Here, "c1", "f1"));
        Assert.Equal("unassigned", (await hub.FindAsync(reported.Id)).State);
        Assert.Equal(2, (await hub.OrdersAsync()).Count);
    }

    [Fact]
    public async Task Fills_feed_the_sites_at_their_own_places_also_while_the_job_goes_on()
    {
        await using var hub = await WorkHub.StartAsync();
        var hole = Here.MovedByM(120, 0);
        await hub.ApplyAsync(sample.Shock("v1", 0, hole), sample.Shock("v2", 30, hole));
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE supported=1"));
        var order = await hub.OrderAsync("c1", Here);
        await hub.ApplyAsync(sample.Action("truck1", 60, new CrewAction { Id = "p1", Kind = CrewActionKind.Point, Order = order.Id, At = hole }));
        await hub.ReactAsync();
        Assert.Equal(0, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE supported=1"));
        await hub.ApplyAsync(sample.Action("truck1", 61, new CrewAction { Id = "u1", Kind = CrewActionKind.Undo, Undoes = "p1" }));
        await hub.ReactAsync();
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE supported=1"));
    }

    [Fact]
    public async Task A_fill_on_the_spot_repairs_the_site_there_though_nobody_had_asked_for_it()
    {
        await using var hub = await WorkHub.StartAsync();
        await hub.ApplyAsync(sample.Shock("v1", 0, Here), sample.Shock("v2", 30, Here));
        Assert.Equal(1, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE supported=1"));
        await hub.ApplyAsync(Fill(60, Here.MovedByM(4, 4), "c1", "f1"));
        Assert.Equal(0, await hub.CountAsync("SELECT COUNT(*) FROM sites WHERE supported=1"));
        await hub.ReactAsync();
        Assert.DoesNotContain(await hub.RequestsAsync(), r => r.Status == "open");
    }

    [Fact]
    public async Task An_order_for_a_block_face_flags_only_what_is_far_from_the_whole_of_it()
    {
        await using var hub = await WorkHub.StartAsync();
        var order = await hub.Database.WriteAsync(scope => hub.Get<CreateOrder>().CreateFor(
            scope, new NewOrder { Service = "pothole", Title = "Block", At = Here, Area = [Here.MovedByM(-400, 0), Here.MovedByM(400, 0)] }, "c1", "Dee"), WritePriority.Interactive, default);
        Assert.Null(order.Request);
        await hub.ApplyAsync(sample.Action("truck1", 5, new CrewAction { Id = "p1", Kind = CrewActionKind.Point, Order = order.Id, At = Here.MovedByM(390, 10) }));
        Assert.False((await hub.FindAsync(order.Id)).Far);
        await hub.ApplyAsync(sample.Action("truck1", 9, new CrewAction { Id = "p2", Kind = CrewActionKind.Point, Order = order.Id, At = Here.MovedByM(0, 300) }));
        Assert.True((await hub.FindAsync(order.Id)).Far);
    }

    [Fact]
    public void An_area_is_zero_far_from_what_lies_inside()
    {
        GeoPoint[] square = [Here.MovedByM(-100, -100), Here.MovedByM(100, -100), Here.MovedByM(100, 100), Here.MovedByM(-100, 100)];
        Assert.Equal(0, OrderArea.DistanceM(square, Here));
        Assert.Equal(50, OrderArea.DistanceM(square, Here.MovedByM(150, 0)), 1);
        Assert.Equal(Math.Sqrt(2) * 50, OrderArea.DistanceM(square, Here.MovedByM(150, 150)), 1);
        Assert.Equal(40, OrderArea.DistanceM([square[0], square[1]], Here.MovedByM(0, -140)), 1);
    }

    [Fact]
    public async Task Target_figures_leave_out_what_was_fixed_on_the_spot()
    {
        await using var hub = await WorkHub.StartAsync();
        var order = await hub.OrderAsync("c1", Here.MovedByM(2_000, 0));
        await hub.ApplyAsync(Fill(5, Here, "c1", "f1"), Fill(6, Here.MovedByM(20, 0), "c1", "f2"));
        await hub.ApplyAsync(sample.Action("truck1", 30, new CrewAction { Id = "d1", Kind = CrewActionKind.Complete, Order = order.Id }));
        var figures = Assert.Single(await hub.Database.ReadAsync(c => OrderReading.Figures(c, Sample.Start, Sample.Start.AddDays(1)), default));
        Assert.Equal((1, 1, 1, 1, 2), (figures.Done, figures.WithTarget, figures.InTime, figures.FixedOnTheSpot, figures.Points));
    }

    // In the middle of a square of the runs' grid, so that a street fits into one.
    private static GeoPoint Here => new(42.3695, -71.1010);

    private StoredRecord Fill(double minute, GeoPoint at, string crew = "c1", string? id = null, RepairPoint? point = null) =>
        sample.Action(
            crew == "c1" ? "truck1" : "truck2", minute,
            new CrewAction { Id = id ?? $"fill-{minute}", Kind = CrewActionKind.FixedHere, Service = "pothole", At = at.Rounded(), Point = point }, crew);
}
