using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Shifts;

public sealed class ShiftGateTests : IDisposable
{
    // Any of these in a message would be a place: a coordinate as degrees or millionths, or a member that holds one.
    private static readonly string[] Places = ["42.37", "4237", "71.11", "7111", "\"lat\"", "\"lon\"", "\"at\":{", "\"track\"", "fixTime"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Off_shift_no_published_byte_has_a_place()
    {
        await using var vehicle = new TestVehicle(folder.Path);
        vehicle.ReceiveOrders(1, TestVehicle.Order("o1", 42.371, -71.111));
        await Eventually.TrueAsync(() => vehicle.Agent.Orders.Version == 1, "orders are there");
        for (var i = 0; i < 20; i++)
        {
            var fix = vehicle.Fixes.Give(42.371 + (i * 1e-5), -71.111);
            await vehicle.Agent.Observations.AcceptAsync(Pothole(vehicle.Agent, fix), default);
        }

        await Assert.ThrowsAsync<ActionRefusedException>(async () => await vehicle.Agent.Actions.TakeAsync(
            new ActionRequest { Id = "a", Kind = CrewActionKind.Complete, Order = "o1" }, default));
        await Eventually.TrueAsync(() => vehicle.Agent.Observations.Refused == 20, "observations were refused");
        await Eventually.TrueAsync(() => vehicle.Agent.Fixes.Latest?.At.Latitude > 42.37118, "all fixes were read");
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Kind == RecordKind.Health), "health has left");
        await vehicle.StopAsync();

        Assert.NotEmpty(vehicle.Link.Statuses);
        Assert.Empty(vehicle.Link.JsonOf("live"));
        foreach (var sent in vehicle.Link.All) Assert.DoesNotContain(Places, p => sent.Json.Contains(p, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(folder["outbox"], "*.seg", SearchOption.AllDirectories))
            Assert.DoesNotContain("42.37", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_shift_live_positions_tracks_and_observations_leave_with_their_duty()
    {
        await using var vehicle = new TestVehicle(folder.Path);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", ["m-7"], default);
        var fix = vehicle.Fixes.Give(42.371, -71.111);
        await vehicle.Agent.Observations.AcceptAsync(Pothole(vehicle.Agent, fix), default);
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Kind == RecordKind.Track), "a track has left");
        await Eventually.TrueAsync(() => vehicle.Link.JsonOf("live").Any(), "a live position has left");

        var shift = vehicle.Link.Records.First(r => r.Kind == RecordKind.Shift).Shift!;
        Assert.Equal(("crew-1", ShiftState.On), (shift.Crew, shift.State));
        Assert.Equal(["m-7"], shift.Members);
        var duty = new Duty(shift.Shift, "crew-1");
        Assert.Equal(duty, vehicle.Link.Records.First(r => r.Kind == RecordKind.Track).Duty);
        Assert.Equal(duty, vehicle.Link.Records.First(r => r.Kind == RecordKind.Shock).Duty);
        await Eventually.TrueAsync(() => vehicle.Link.Statuses.Any(s => s.Crew == "crew-1" && s.Shift == ShiftState.On), "the status says so");
    }

    [Fact]
    public async Task What_was_read_before_the_sign_on_does_not_pass_after_it()
    {
        await using var vehicle = new TestVehicle(folder.Path);
        var early = vehicle.Fixes.Give(42.371, -71.111);
        await Eventually.TrueAsync(() => vehicle.Agent.Clock.MonotonicMs > early.MonotonicMs, "a millisecond has passed");
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        await vehicle.Agent.Observations.AcceptAsync(Pothole(vehicle.Agent, early), default);
        Assert.Equal(1, vehicle.Agent.Observations.Refused);
    }

    [Fact]
    public async Task The_shift_goes_on_after_a_restart_and_its_end_stays()
    {
        string shift;
        await using (var vehicle = new TestVehicle(folder.Path))
        {
            await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", ["m-7"], default);
            shift = vehicle.Agent.Gate.Shift!.Id;
        }

        await using (var vehicle = new TestVehicle(folder.Path))
        {
            Assert.Equal(shift, vehicle.Agent.Gate.Shift!.Id);
            await vehicle.Agent.Shift.ChangeAsync(ShiftState.Off, null, null, default);
        }

        await using var last = new TestVehicle(folder.Path);
        Assert.Null(last.Agent.Gate.Shift);
    }

    [Fact]
    public async Task Another_crew_ends_the_first_ones_shift()
    {
        await using var vehicle = new TestVehicle(folder.Path);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        var first = vehicle.Agent.Gate.Shift!.Id;
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-2", null, default);
        await Eventually.TrueAsync(() => vehicle.Link.Records.Count(r => r.Kind == RecordKind.Shift) == 3, "three changes have left");
        var changes = vehicle.Link.Records.Where(r => r.Kind == RecordKind.Shift).OrderBy(r => r.Seq).Select(r => r.Shift!).ToList();
        Assert.Equal([ShiftState.On, ShiftState.Off, ShiftState.On], changes.Select(c => c.State));
        Assert.Equal([first, first, vehicle.Agent.Gate.Shift!.Id], changes.Select(c => c.Shift));
        Assert.NotEqual(first, vehicle.Agent.Gate.Shift!.Id);
    }

    [Fact]
    public async Task A_vehicle_without_a_crew_sends_no_track_and_only_observations_cut_to_a_segment()
    {
        await using var vehicle = new TestVehicle(folder.Path, VehicleKind.SensorOnly);
        await Assert.ThrowsAsync<ShiftRefusedException>(async () => await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default));
        var fix = vehicle.Fixes.Give(42.371, -71.111);
        var pothole = Pothole(vehicle.Agent, fix);
        await vehicle.Agent.Observations.AcceptAsync(pothole, default);
        await vehicle.Agent.Observations.AcceptAsync(pothole with { Shock = pothole.Shock! with { Segment = "s-12" } }, default);
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Kind == RecordKind.Shock), "the cut one has left");
        await vehicle.StopAsync();
        Assert.Equal("s-12", Assert.Single(vehicle.Link.Records, r => r.Kind == RecordKind.Shock).Shock!.Segment);
        Assert.DoesNotContain(vehicle.Link.Records, r => r.Kind == RecordKind.Track);

        // Without a map of segments there is no place to say.
        Assert.Empty(vehicle.Link.JsonOf("live"));
    }

    private static Observation Pothole(VehicleAgent agent, Fix fix) => new()
    {
        Stamp = agent.Clock.StampFor(fix),
        Shock = new ShockObservation { At = fix.At, Kind = ShockKind.Pothole, PeakMps2 = 12 },
    };
}
