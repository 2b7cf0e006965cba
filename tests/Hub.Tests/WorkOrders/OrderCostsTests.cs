using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class OrderCostsTests
{
    private static readonly RateTable Table = new(
        "USD",
        [new("labour", "Labour", "labour", "hour", 5000), new("truck", "Truck", "equipment", "hour", 3000), new("cold-patch", "Cold patch", "material", "bag", 1500)],
        [new("pothole", "labour", 0.2, "point"), new("pothole", "truck", 0.2, "point"), new("pothole", "cold-patch", 2, "point")]);

    private readonly Sample sample = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Labour_is_the_time_on_the_job_times_the_people_on_board(int people)
    {
        await using var hub = await WorkHub.StartAsync();
        var on = sample.Shift("truck1", 0, "c1", ShiftState.On);
        await hub.ApplyAsync(on with { Record = on.Record with { Shift = on.Record.Shift! with { Members = [.. Enumerable.Range(1, people).Select(i => $"m{i}")] } } });
        var order = await hub.OrderAsync();
        await hub.ApplyAsync(Act(10, CrewActionKind.Start, order.Id), Act(40, CrewActionKind.Suspend, order.Id), Act(100, CrewActionKind.Start, order.Id), Act(130, CrewActionKind.Complete, order.Id));
        var lines = await hub.Database.ReadAsync(c => CostStore.Of(c, order.Id), default);
        Assert.Equal(people * 1.0, lines.Where(l => l.Kind == "labour").Sum(l => l.Quantity), 6);
        Assert.All(lines.Where(l => l.Kind == "labour"), l => Assert.Equal("measured", l.Source));
        Assert.Equal(1.0, lines.Where(l => l.Code == "truck").Sum(l => l.Quantity), 6);
        Assert.Equal(("preset", 1.5), lines.Where(l => l.Code == "cold-patch").Select(l => (l.Source, l.Quantity)).Single());
    }

    [Fact]
    public void What_a_crew_taps_replaces_the_preset_and_what_the_table_lacks_is_kept()
    {
        var lines = Costs(
            Event(0, OrderEventKind.Point) with { Used = [new UsedItem("cold-patch", 1), new UsedItem("dragon-scales", 3)] }, Event(1, OrderEventKind.Point),
            Event(2, OrderEventKind.Complete) with { Used = [new UsedItem("cold-patch", 2.5)] });
        Assert.Equal((long)(3.5 * 1500), lines.Where(l => l.Code == "cold-patch").Sum(l => l.Cents));
        Assert.All(lines.Where(l => l.Code == "cold-patch"), l => Assert.Equal("tapped", l.Source));
        Assert.Equal(("unknown", 3, 0), lines.Where(l => l.Code == "dragon-scales").Select(l => (l.Kind, l.Quantity, l.Cents)).Single());
        Assert.Equal(0.2 * 2, lines.Single(l => l.Code == "labour").Quantity, 6);
    }

    [Fact]
    public void A_night_in_which_the_clocks_change_is_paid_by_the_hours_that_passed()
    {
        var evening = new DateTimeOffset(2026, 10, 31, 22, 0, 0, TimeSpan.FromHours(-4)).ToUnixTimeMilliseconds();
        var morning = new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.FromHours(-5)).ToUnixTimeMilliseconds();
        var lines = Costs(Event(0, OrderEventKind.Start) with { AtMs = evening }, Event(1, OrderEventKind.Complete) with { AtMs = morning });
        Assert.Equal(9, lines.Single(l => l.Code == "labour").Quantity);
    }

    [Fact]
    public void A_second_crew_is_paid_for_its_time_and_brings_no_second_preset()
    {
        var lines = Costs(
            Event(0, OrderEventKind.Start), Event(30, OrderEventKind.Complete),
            Event(10, OrderEventKind.Start, "c2"), Event(40, OrderEventKind.Complete, "c2"));
        Assert.Equal(["c1", "c2"], lines.Where(l => l.Code == "labour").Select(l => l.Crew));
        Assert.Equal("c1", Assert.Single(lines, l => l.Code == "cold-patch").Crew);
    }

    [Fact]
    public async Task Costs_add_up_by_order_request_and_service_and_follow_what_is_taken_back()
    {
        await using var hub = await WorkHub.StartAsync();
        var order = await hub.OrderAsync();
        await hub.ApplyAsync(Act(30, CrewActionKind.Complete, order.Id));
        var cost = (await hub.Database.ReadAsync(c => CostStore.Of(c, order.Id), default)).Sum(l => l.Cents);
        Assert.True(cost > 0);
        foreach (var (by, subject) in new[] { ("order", order.Number), ("request", order.Request!), ("service", "pothole"), ("crew", "c1") })
        {
            var sum = Assert.Single(await hub.Database.ReadAsync(c => CostStore.Sums(c, by, Sample.Start, Sample.Start.AddDays(1), [], 10), default));
            Assert.Equal((subject, cost, 1), (sum.Subject, sum.Cents, sum.Orders));
        }

        await hub.ApplyAsync(sample.Action("truck1", 31, new CrewAction { Id = "u1", Kind = CrewActionKind.Undo, Undoes = $"Complete-{order.Id}-30" }));
        Assert.Empty(await hub.Database.ReadAsync(c => CostStore.Of(c, order.Id), default));
    }

    [Fact]
    public void A_table_of_rates_that_cannot_be_used_names_every_fault()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                {"currency":"USD","rates":[{"code":"a","title":"A","kind":"magic","unit":"hour","cents":-1},{"code":"a","title":"A","kind":"unit","unit":"piece","cents":1}],
                 "presets":[{"service":"*","code":"b","quantity":0,"per":"moon"}]}
                """);
            var fault = Assert.Throws<InvalidDataException>(() => RateTable.Load(file)).Message;
            foreach (var part in new[] { "twice", "magic", "-1", "'b', which has no rate", "quantity 0", "moon", "line 1: 'a' costs", "line 2: the preset of" }) Assert.Contains(part, fault, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private StoredRecord Act(double minute, CrewActionKind kind, string order) =>
        sample.Action("truck1", minute, new CrewAction { Id = $"{kind}-{order}-{minute}", Kind = kind, Order = order, At = Sample.Origin });

    private static IReadOnlyList<CostLine> Costs(params OrderEvent[] history) => OrderCosts.Of("pothole", WorkOrder.Read(history, byCrew: false), Table, _ => 1);

    private static OrderEvent Event(long minute, OrderEventKind kind, string crew = "c1") => new()
    {
        Vehicle = $"v-{crew}", Epoch = "e", Seq = minute, Kind = kind, AtMs = minute * 60_000, Crew = crew, Action = $"{crew}-{kind}-{minute}", Shift = "s1",
    };
}
