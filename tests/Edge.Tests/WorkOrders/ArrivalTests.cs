using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
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
        arrival = new Arrival(options, gate, book, desk, NullLogger.Instance);
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

        // Inside, out to 70 m and back: still the same visit, so the dwell time goes on.
        Assert.Equal(["o1"], Drive(30, 70, 70, 70, 70, 70, 30));
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
        [.. distancesM.Select(d => arrival.Arrived(Fix(d))).Where(o => o is not null).Select(o => o!.Copy.Id)];

    private Fix Fix(double distanceM)
    {
        var at = new GeoPoint(Lat, Lon).MovedByM(0, -distanceM);
        return ScriptedFixes.At(at.Latitude, at.Longitude, second++, clock);
    }
}
