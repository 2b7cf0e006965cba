using ThreeOneOne.Field.Hub.Coverage;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Coverage;

/// <summary>Which streets were sensed when, whoever sensed them.</summary>
public sealed class CoverageTests
{
    private readonly Sample sample = new();

    [Fact]
    public async Task Observations_count_for_their_street_and_hour_and_beside_no_street_for_none()
    {
        await using var hub = StreetsHub.Start();
        await hub.ApplyAsync(
            Drive("v1", 5, StreetsHub.First), Drive("v2", 50, StreetsHub.First), Drive("v1", 65, StreetsHub.First),
            sample.Shock("v1", 6, StreetsHub.On(StreetsHub.Second, 50)),
            sample.Lamp("v1", 7, "p", StreetsHub.On(StreetsHub.Second, 80), LampVerdict.Dark),
            Drive("v1", 8, StreetsHub.First, awayM: 5_000));
        var hours = await hub.Database.ReadAsync(c => CoverageStore.Unsent(c, 100), default);
        Assert.Equal(
            [(StreetsHub.First, 0, 2L, 0L, 0L), (StreetsHub.Second, 0, 0L, 1L, 1L), (StreetsHub.First, 1, 1L, 0L, 0L)],
            hours.Select(h => (h.Segment, (int)(h.Hour - Sample.Start).TotalHours, h.Sums.Stretches, h.Sums.Potholes, h.Sums.LampsDark)));
    }

    [Fact]
    public async Task A_vehicle_that_names_a_street_of_the_map_is_believed_and_one_of_another_map_is_not()
    {
        await using var hub = StreetsHub.Start();
        await hub.ApplyAsync(
            sample.Store("v1", 1, r => r with { Shock = new ShockObservation { At = StreetsHub.On(StreetsHub.First, 10), Kind = ShockKind.Hump, Segment = StreetsHub.Third } }),
            sample.Store("v1", 2, r => r with { Shock = new ShockObservation { At = StreetsHub.On(StreetsHub.First, 10), Kind = ShockKind.Hump, Segment = "gone" } }));
        var hours = await hub.Database.ReadAsync(c => CoverageStore.Unsent(c, 100), default);
        Assert.Equal([StreetsHub.First, StreetsHub.Third], hours.Select(h => h.Segment));
    }

    [Fact]
    public async Task A_span_says_how_much_and_when_last_the_road_was_felt_and_the_lights_were_seen()
    {
        await using var hub = StreetsHub.Start();
        await hub.ApplyAsync(
            Drive("v1", 0, StreetsHub.First), Drive("v2", 200, StreetsHub.First), sample.Lamp("v2", 70, "p", StreetsHub.On(StreetsHub.First, 80), LampVerdict.Lit),
            Drive("v1", 600, StreetsHub.First));
        var found = await hub.Database.ReadAsync(c => CoverageStore.Between(c, Sample.Start, Sample.Start.AddHours(5)), default);
        var first = Assert.Single(found);
        Assert.Equal(StreetsHub.First, first.Key);
        Assert.Equal((2, 1, 0), (first.Value.Sums.Stretches, first.Value.Sums.LampsLit, first.Value.Sums.LampsDark));
        Assert.Equal((Sample.Start.AddHours(3), Sample.Start.AddHours(1)), (first.Value.LastRoad, first.Value.LastLamp));
    }

    [Fact]
    public async Task What_came_while_an_hour_was_sent_is_sent_again()
    {
        await using var hub = StreetsHub.Start();
        await hub.ApplyAsync(Drive("v1", 0, StreetsHub.First));
        var sent = Assert.Single(await hub.Database.ReadAsync(c => CoverageStore.Unsent(c, 100), default));
        await hub.ApplyAsync(Drive("v2", 1, StreetsHub.First));
        await hub.Database.WriteAsync(scope => CoverageStore.MarkSent(scope, sent), WritePriority.Interactive, default);
        var again = Assert.Single(await hub.Database.ReadAsync(c => CoverageStore.Unsent(c, 100), default));
        Assert.Equal(2, again.Sums.Stretches);
        await hub.Database.WriteAsync(scope => CoverageStore.MarkSent(scope, again), WritePriority.Interactive, default);
        Assert.Empty(await hub.Database.ReadAsync(c => CoverageStore.Unsent(c, 100), default));
    }

    [Fact]
    public async Task Hours_that_were_kept_long_enough_go()
    {
        await using var hub = StreetsHub.Start();
        await hub.ApplyAsync(Drive("v1", 0, StreetsHub.First), Drive("v1", 60 * 24 * 900, StreetsHub.Second));
        hub.Time.Step(TimeSpan.FromDays(850));
        Assert.Equal(1, await hub.Get<CoverageRetention>().RunAsync(default));
        Assert.Equal(StreetsHub.Second, Assert.Single(await hub.Database.ReadAsync(c => CoverageStore.Unsent(c, 100), default)).Segment);
    }

    [Fact]
    public async Task Every_segment_lies_in_the_district_of_its_middle()
    {
        await using var hub = StreetsHub.Start();
        var places = hub.Get<SegmentDistricts>();
        Assert.Equal(["north", "north", "south"], places.All.Select(p => p.District!.Id).Order());
        Assert.Equal(200, places.Find(StreetsHub.First)!.LengthM, 1.0);
        Assert.Null(places.Find("nowhere"));
    }

    private StoredRecord Drive(string vehicle, double minute, string segment, double awayM = 0) =>
        sample.Stretch(vehicle, minute, StreetsHub.On(segment, 20).MovedByM(0, awayM), StreetsHub.On(segment, 120).MovedByM(0, awayM));
}
