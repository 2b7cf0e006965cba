using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class PriorityTests
{
    private static readonly TicketsOptions Options = new();

    [Theory]
    [InlineData(1, 12.0, 1)]
    [InlineData(1, 5.0, 2)]
    [InlineData(2, 7.0, 2)]
    [InlineData(3, 7.0, 3)]
    [InlineData(3, 4.0, 4)]
    [InlineData(null, 4.0, 4)]
    public void A_hard_shock_on_a_busy_road_comes_first(int? roadClass, double shock, int expected) =>
        Assert.Equal(expected, Priority.OfPothole(roadClass, shock, Options));

    [Theory]
    [InlineData(3, false, 0, 4)]
    [InlineData(3, true, 0, 3)]
    [InlineData(3, false, 2, 2)]
    [InlineData(1, true, 1, 1)]
    public void Lights_out_together_or_at_an_intersection_come_before_a_single_one(int roadClass, bool corner, int adjacent, int expected) =>
        Assert.Equal(expected, Priority.OfLamp(roadClass, corner, adjacent));

    [Fact]
    public void Urgent_requests_have_earlier_target_dates()
    {
        var catalogue = CatalogueFile.Read(new CatalogueOptions().File, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        var opened = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        foreach (var service in catalogue.All)
        {
            var targets = Enumerable.Range(1, 4).Select(p => service.TargetFrom(opened, p)).ToList();
            Assert.Equal(targets.Order(), targets);
            Assert.True(targets[0] > opened && targets[3] > targets[0], service.Code);
        }
    }

    /// <summary>A priority that nearly everything has tells nothing apart.</summary>
    [Fact]
    public void Priorities_tell_the_lights_and_the_segments_of_the_city_apart()
    {
        var streets = StreetFiles.Load(new StreetsOptions());
        var lamps = Hub.Tests.Assets.CambridgeLights.All.Select(l => streets.Locate(l.At)).Select(a => Priority.OfLamp(a?.RoadClass, a?.AtIntersection ?? false, 0)).ToList();
        Assert.True(Largest(lamps) < 0.75, $"{Largest(lamps):P0} of all lights have one priority");
        // Real shocks are spread over what is marked and severe; so are these.
        var potholes = Hub.Tests.Assets.CambridgeLights.All.Select((l, i) => Priority.OfPothole(streets.Locate(l.At)?.RoadClass, 4 + i % 9, Options)).ToList();
        Assert.Equal(4, potholes.Distinct().Count());
        Assert.True(Largest(potholes) < 0.6, $"{Largest(potholes):P0} of all potholes have one priority");

        static double Largest(List<int> priorities) => priorities.GroupBy(p => p).Max(g => g.Count()) / (double)priorities.Count;
    }

    [Theory]
    [InlineData("street-light-out", 0, 3, false, 0, 4)]
    [InlineData("street-light-out", 0, 3, true, 0, 2)]
    [InlineData("street-light-out", 0, 3, false, 2, 3)]
    [InlineData("graffiti", 0, 3, false, 0, 4)]
    [InlineData("graffiti", 0, 1, true, 0, 1)]
    [InlineData("signal-out", 2, 3, false, 0, 2)]
    public void Danger_and_many_reports_bring_a_request_forward(string service, int urgency, int roadClass, bool danger, int reports, int expected) =>
        Assert.Equal(expected, Priority.Of(service, new PriorityFacts(urgency, roadClass, false, 0, 0, danger, reports), Options));
}
