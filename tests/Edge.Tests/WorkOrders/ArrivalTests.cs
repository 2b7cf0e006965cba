using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.WorkOrders;

public sealed class ArrivalTests : IDisposable
{
    private const double Lat = 42.371;
    private const double Lon = -71.111;
    private readonly TemporaryFolder folder = new();
    private readonly DeviceClock clock = new(TimeProvider.System);
    private readonly DiskOutbox outbox;
    private readonly ShiftGate gate = new(VehicleKind.Crewed);
    private readonly ShiftDesk shifts;
    private readonly OrderBook book;
    private readonly ActionDesk desk;
    private readonly Arrival arrival;
    private double second;

    public ArrivalTests()
    {
        var options = new WorkOrdersOptions { ArriveM = 40, LeaveM = 80, DwellSeconds = 5 };
        outbox = DiskOutbox.Open(folder["outbox"], new OutboxOptions { GroupSeconds = 0.01 }, NullLogger.Instance);
        shifts = new ShiftDesk(gate, new StateFile(folder["shift.json"]), outbox, clock);
        book = new OrderBook(name => new StateFile(folder[name]), options, gate, outbox, clock);
        desk = new ActionDesk(options, gate, book, new FixFeed(), outbox, _ => null, clock, NullLogger.Instance);
        arrival = new Arrival(options, gate, book, desk, streets: null, () => null, NullLogger.Instance);
        shifts.ChangeAsync(ShiftState.On, "crew-1", null, default).AsTask().Wait();
    }

    public void Dispose()
    {
        outbox.DisposeAsync().AsTask().Wait();
        shifts.Dispose();
        desk.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Standing_at_the_job_arrives_once_after_the_dwell_time()
    {
        Accept("o1");
        Assert.Equal(["o1"], Drive(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void Driving_past_does_not_arrive()
    {
        Accept("o1");
        Assert.Empty(Drive(100, 60, 30, 10, 10, 30, 60, 100));
    }

    [Fact]
    public void Between_the_two_distances_it_neither_arrives_nor_leaves()
    {
        Accept("o1");
        Assert.Empty(Drive(60, 60, 60, 60, 60, 60, 60, 60));

        // Inside, out to 70 m and back: still the same visit, but it has to stand anew.
        Assert.Empty(Drive(30, 70, 70, 70, 70, 70, 30, 30, 30));
        Assert.Equal(["o1"], Drive(30, 30, 30, 30));
    }

    [Fact]
    public void Creeping_past_does_not_arrive()
    {
        Accept("o1");
        Assert.Empty(Drive([.. Enumerable.Range(0, 16).Select(i => 40.0 - 5 * i)]));
    }

    [Fact]
    public void It_arrived_when_it_came_to_stand_but_not_before_the_job_was_accepted()
    {
        Accept("o1");
        foreach (var away in new[] { 60.0, 45, 30, 15, 2 }) Assert.Null(arrival.Arrived(Fix(away)));
        var stood = Fix(0);
        Assert.Null(arrival.Arrived(stood));
        (OrderView Order, Fix Since)? arrived = null;
        for (var i = 0; i < 5 && arrived is null; i++) arrived = arrival.Arrived(Fix(0));

        Assert.Equal(1, Math.Abs((stood.FixTime - arrived!.Value.Since.FixTime).TotalSeconds), 1.0);

        book.Replace(TestVehicle.Orders(2, TestVehicle.Order("o2", Lat, Lon)));
        for (var i = 0; i < 20; i++) Assert.Null(arrival.Arrived(Fix(0)));
        book.Replace(TestVehicle.Orders(3, TestVehicle.Order("o2", Lat, Lon, "accepted")));
        var accepted = Fix(0);
        Assert.Null(arrival.Arrived(accepted));
        Assert.Empty(Drive(0, 0, 0, 0));
        Assert.Equal(accepted.FixTime, arrival.Arrived(Fix(0))!.Value.Since.FixTime);
    }

    [Fact]
    public void Where_there_may_be_a_light_it_has_to_stand_longer_than_that_is_red_or_turn_its_ignition_off()
    {
        var options = new WorkOrdersOptions { ArriveM = 40, LeaveM = 80, DwellSeconds = 5, JunctionM = 20, JunctionDwellSeconds = 60 };
        var unknown = Rule("");
        Assert.Equal(60, SecondsUntilArrived(unknown, 12, null));
        Assert.Equal(60, SecondsUntilArrived(unknown, 12, true));
        Assert.Equal(5, SecondsUntilArrived(unknown, 12, false));
        Assert.Equal(5, SecondsUntilArrived(unknown, 28, null));
        Assert.Equal(60, SecondsUntilArrived(Rule(""","MajorRoad":2"""), 12, null));
        Assert.Equal(5, SecondsUntilArrived(Rule(""","MajorRoad":0"""), 12, null));

        // Three streets meet at the first job; the vehicle comes from the south.
        VisitRule Rule(string more)
        {
            var path = folder["streets.geojson"];
            var arms = new[] { (0.0, -200.0), (0.0, 200.0), (200.0, 0.0) }.Select((to, i) =>
            {
                var end = new GeoPoint(Lat, Lon).MovedByM(to.Item1, to.Item2);
                return string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $$$"""{"type":"Feature","properties":{"ID":"s{{{i}}}"{{{more}}}},"geometry":{"type":"LineString","coordinates":[[{{{Lon}}},{{{Lat}}}],[{{{end.Longitude}}},{{{end.Latitude}}}]]}}""");
            });
            File.WriteAllText(path, $$"""{"type":"FeatureCollection","features":[{{string.Join(",", arms)}}]}""");
            return new VisitRule(options, StreetNet.Load(path));
        }

        int SecondsUntilArrived(VisitRule rule, double beforeM, bool? ignitionOn)
        {
            Visit? visit = null;
            for (var away = 100.0; away > beforeM + 5; away -= 10) _ = Seen(away);
            var stands = Seen(beforeM);
            while (true)
            {
                var fix = Seen(beforeM);
                if (rule.Arrived(visit!, fix, ignitionOn) is { } since) return (int)(fix.FixTime - since.FixTime).TotalSeconds;
                Assert.True((fix.FixTime - stands.FixTime).TotalSeconds < 100);
            }

            Fix Seen(double away)
            {
                var fix = Fix(away) with { CourseDeg = 0 };
                rule.Take(fix);
                visit = rule.Follow(visit, new GeoPoint(Lat, Lon), fix);
                return fix;
            }
        }
    }

    [Fact]
    public void Only_beyond_the_leave_distance_a_visit_ends()
    {
        Accept("o1");
        Assert.Empty(Drive(0, 0, 0, 0, 90, 0, 0, 0, 0));
        Assert.Equal(["o1"], Drive(0, 0));
    }

    [Fact]
    public async Task Two_accepted_jobs_within_reach_are_offered_instead()
    {
        Accept("near", "far");
        Assert.Empty(Drive(0, 0, 0, 0, 0, 0, 0, 0));
        var fix = Fix(5);
        Assert.Equal(["near", "far"], arrival.Nearby(fix).Select(o => o.Copy.Id));
        await desk.TakeAsync(new ActionRequest { Id = "c", Kind = CrewActionKind.Complete, Order = "near" }, default);
        Assert.Equal(["far"], arrival.Nearby(fix).Select(o => o.Copy.Id));
    }

    [Fact]
    public async Task An_arrival_that_a_person_took_back_is_not_taken_again_in_the_same_visit()
    {
        Accept("o1");
        Assert.Equal(["o1"], Drive(0, 0, 0, 0, 0, 0, 0));
        await desk.TakeAsync(new ActionRequest { Id = "arrive", Kind = CrewActionKind.Arrive, Order = "o1" }, default);
        Drive(0);
        await desk.TakeAsync(new ActionRequest { Id = "undo", Kind = CrewActionKind.Undo, Undoes = "arrive" }, default);
        Assert.Equal(OrderState.Accepted, book.Find("o1")!.State);
        Assert.Empty(Drive(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public async Task A_job_that_was_not_accepted_is_not_arrived_at()
    {
        book.Replace(TestVehicle.Orders(1, TestVehicle.Order("o1", Lat, Lon)));
        Assert.Empty(Drive(0, 0, 0, 0, 0, 0, 0, 0));
        await shifts.ChangeAsync(ShiftState.Break, null, null, default);
        Assert.Equal(VehicleActivity.OnBreak, arrival.ActivityAt(null));
    }

    [Fact]
    public async Task Activity_is_one_value()
    {
        Assert.Equal(VehicleActivity.Available, arrival.ActivityAt(Fix(0)));
        Accept("o1");
        Assert.Equal(VehicleActivity.EnRoute, arrival.ActivityAt(Fix(0)));
        await desk.TakeAsync(new ActionRequest { Id = "arrive", Kind = CrewActionKind.Arrive, Order = "o1" }, default);
        Assert.Equal(VehicleActivity.OnSite, arrival.ActivityAt(Fix(70)));
        Assert.Equal(VehicleActivity.EnRoute, arrival.ActivityAt(Fix(200)));
    }

    private void Accept(params string[] orders) => book.Replace(TestVehicle.Orders(
        1, [.. orders.Select((id, i) => TestVehicle.Order(id, Lat + (i * 0.0001), Lon, "accepted"))]));

    // One fix a second, each this many metres south of the first job.
    private List<string> Drive(params double[] distancesM) =>
        [.. distancesM.Select(d => arrival.Arrived(Fix(d))).Where(o => o is not null).Select(o => o!.Value.Order.Copy.Id)];

    private Fix Fix(double distanceM)
    {
        var at = new GeoPoint(Lat, Lon).MovedByM(0, -distanceM);
        return ScriptedFixes.At(at.Latitude, at.Longitude, second++, clock);
    }
}
