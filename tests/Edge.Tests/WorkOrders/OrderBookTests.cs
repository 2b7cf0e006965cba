using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.WorkOrders;

public sealed class OrderBookTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_lower_version_is_ignored_and_the_copy_survives_a_restart()
    {
        await using (var vehicle = await OnShiftAsync())
        {
            vehicle.ReceiveOrders(7, TestVehicle.Order("o1", 42.371, -71.111));
            await Eventually.TrueAsync(() => vehicle.Agent.Orders.Version == 7, "version 7 is there");
            vehicle.ReceiveOrders(6, TestVehicle.Order("o2", 42.371, -71.111));
            await Eventually.TrueAsync(() => vehicle.Link.Statuses.Any(s => s.OrdersVersion == 7), "the status reports it");
            Assert.False(vehicle.Agent.Orders.Replace(TestVehicle.Orders(5)));
        }

        await using var again = new TestVehicle(folder.Path);
        Assert.Equal(7, again.Agent.Orders.Version);
        Assert.Equal("o1", Assert.Single(again.Agent.Orders.Orders).Copy.Id);
    }

    [Fact]
    public async Task A_version_of_another_era_replaces_whatever_is_held_and_the_status_names_it()
    {
        await using var vehicle = await OnShiftAsync();
        var book = vehicle.Agent.Orders;
        Assert.True(book.Replace(TestVehicle.Orders(7, TestVehicle.Order("o1", 42.371, -71.111)) with { Era = "before" }));
        vehicle.Agent.Console.State();
        Assert.Equal(7, book.Shown);
        Assert.False(book.Replace(TestVehicle.Orders(7) with { Era = "before" }));
        Assert.True(book.Replace(TestVehicle.Orders(3, TestVehicle.Order("o2", 42.371, -71.111)) with { Era = "restored" }));
        Assert.Equal(("restored", 3, 0), (book.Era, book.Version, book.Shown));
        Assert.Equal("o2", Assert.Single(book.Orders).Copy.Id);
    }

    [Fact]
    public async Task The_status_says_which_version_the_crew_has_seen()
    {
        await using var vehicle = await OnShiftAsync();
        vehicle.Link.Receive(Lane.Orders, TestVehicle.Orders(7, TestVehicle.Order("o1", 42.371, -71.111)) with { Era = "e1" }, WireJson.Default.OrdersState);
        await Eventually.TrueAsync(() => vehicle.Link.Statuses.Any(s => s is { OrdersVersion: 7, OrdersEra: "e1", OrdersSeen: 0 }), "it is on the vehicle");
        Assert.Single(vehicle.Agent.Console.State().Orders);
        await Eventually.TrueAsync(() => vehicle.Link.Statuses.Any(s => s is { OrdersVersion: 7, OrdersSeen: 7 }), "the crew has seen it");

        await vehicle.Agent.Shift.ChangeAsync(ShiftState.Off, null, null, default);
        vehicle.ReceiveOrders(8);
        await Eventually.TrueAsync(() => vehicle.Agent.Orders.Version == 8, "version 8 is there");
        vehicle.Agent.Console.State();
        Assert.NotEqual(8, vehicle.Agent.Orders.Shown);
    }

    [Fact]
    public async Task The_office_can_ask_which_vehicle_this_is()
    {
        await using var vehicle = await OnShiftAsync();
        Assert.False(vehicle.Agent.Console.State().Identify);
        var command = new Command { Id = "c1", Kind = "identify", Expires = vehicle.Agent.Clock.Now.AddMinutes(1) };
        vehicle.Link.Receive(Lane.Command, command, WireJson.Default.Command);
        await Eventually.TrueAsync(() => vehicle.Agent.Console.State().Identify, "the screen shows it");
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Result is { Id: "c1", Outcome: CommandOutcome.Done }), "the result has left");
    }

    [Fact]
    public async Task Own_actions_lie_over_the_hubs_copy_until_it_knows_them()
    {
        await using var vehicle = await OnShiftAsync(acknowledges: false);
        var book = vehicle.Agent.Orders;
        book.Replace(TestVehicle.Orders(1, TestVehicle.Order("o1", 42.371, -71.111)));
        await TakeAsync(vehicle, "a1", CrewActionKind.Accept);
        Assert.Equal(OrderState.Accepted, book.Find("o1")!.State);

        // The hub does not know it yet: its newer copy changes nothing.
        book.Replace(TestVehicle.Orders(2, TestVehicle.Order("o1", 42.371, -71.111)));
        await TakeAsync(vehicle, "a2", CrewActionKind.Complete);
        Assert.Equal(OrderState.FieldComplete, book.Find("o1")!.State);

        await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "a3", Kind = CrewActionKind.Undo, Undoes = "a2" }, default);
        Assert.Equal(OrderState.Accepted, book.Find("o1")!.State);
    }

    [Fact]
    public async Task Pressing_twice_is_one_action_also_after_a_restart()
    {
        await using (var vehicle = await OnShiftAsync())
        {
            vehicle.Agent.Orders.Replace(TestVehicle.Orders(1, TestVehicle.Order("o1", 42.371, -71.111)));
            var presses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TakeAsync(vehicle, "a1", CrewActionKind.Accept)));
            Assert.Single(presses.Distinct());
            await Eventually.TrueAsync(() => vehicle.Agent.Outbox.Counts.Records == 0, "the hub has it");
            Assert.Single(vehicle.Link.Records, r => r.Kind == RecordKind.Action);
        }

        await using var again = new TestVehicle(folder.Path);
        await TakeAsync(again, "a1", CrewActionKind.Accept);
        Assert.Equal(0, again.Agent.Outbox.Counts.Actions);
    }

    [Fact]
    public async Task A_completion_carries_duty_member_place_and_accuracy()
    {
        await using var vehicle = await OnShiftAsync();
        vehicle.Agent.Orders.Replace(TestVehicle.Orders(1, TestVehicle.Order("o1", 42.5, -71.111)));
        var fix = vehicle.Fixes.Give(42.371, -71.111);
        await Eventually.TrueAsync(() => vehicle.Agent.Fixes.Latest == fix, "the fix was read");
        await vehicle.Agent.Actions.TakeAsync(
            new ActionRequest { Id = "a1", Kind = CrewActionKind.Complete, Order = "o1", Note = "cold patch", Member = "m-7" }, default);
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Kind == RecordKind.Action), "it has left");
        var record = vehicle.Link.Records.First(r => r.Kind == RecordKind.Action);
        Assert.Equal(new Duty(vehicle.Agent.Gate.Shift!.Id, "crew-1", "m-7"), record.Duty);
        Assert.Equal(new GeoPoint(42.371, -71.111), record.Action!.At);
        Assert.Equal(4.8, record.Action.AccuracyM);
        Assert.Equal(fix.FixTime, record.Stamp.FixTime);
        Assert.False(record.Action.Automatic);
    }

    [Theory]
    [InlineData(CrewActionKind.Complete, "unknown", null, "not on this vehicle")]
    [InlineData(CrewActionKind.CannotComplete, "o1", null, "says why")]
    [InlineData(CrewActionKind.FixedHere, null, "pothole", "no recent GPS fix")]
    [InlineData(CrewActionKind.FixedHere, null, null, "which service")]
    [InlineData(CrewActionKind.Undo, null, null, "names an action")]
    [InlineData(CrewActionKind.Unknown, "o1", null, "no such kind")]
    [InlineData(CrewActionKind.Wait, "o1", null, "for what")]
    [InlineData(CrewActionKind.Point, "o1", null, "no recent GPS fix")]
    [InlineData(CrewActionKind.Use, "o1", null, "what the job took")]
    [InlineData(CrewActionKind.MakeSafe, null, null, "not on this vehicle")]
    public async Task What_makes_no_sense_is_refused_with_a_cause(CrewActionKind kind, string? order, string? service, string cause)
    {
        await using var vehicle = await OnShiftAsync();
        vehicle.Agent.Orders.Replace(TestVehicle.Orders(1, TestVehicle.Order("o1", 42.371, -71.111)));
        var request = new ActionRequest { Id = "a1", Kind = kind, Order = order, Service = service };
        var refused = await Assert.ThrowsAsync<ActionRefusedException>(async () => await vehicle.Agent.Actions.TakeAsync(request, default));
        Assert.Contains(cause, refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.Remedy);
    }

    [Theory]
    [InlineData(CrewActionKind.MakeSafe, OrderState.MadeSafe, true)]
    [InlineData(CrewActionKind.Wait, OrderState.Waiting, true)]
    [InlineData(CrewActionKind.Acknowledge, OrderState.Accepted, true)]
    [InlineData(CrewActionKind.TemporaryRepair, OrderState.TemporaryRepair, false)]
    [InlineData(CrewActionKind.HandOver, OrderState.HandedOver, false)]
    public async Task The_screen_shows_what_the_crew_said_at_once(CrewActionKind kind, OrderState state, bool open)
    {
        await using var vehicle = await OnShiftAsync(acknowledges: false);
        vehicle.Agent.Orders.Replace(TestVehicle.Orders(1, TestVehicle.Order("o1", 42.371, -71.111)));
        await vehicle.Agent.Actions.TakeAsync(
            new ActionRequest { Id = "a1", Kind = kind, Order = "o1", Reason = WaitReason.Parts, To = kind == CrewActionKind.HandOver ? "crew-2" : null }, default);
        Assert.Equal((state, open), (vehicle.Agent.Orders.Find("o1")!.State, vehicle.Agent.Orders.Find("o1")!.IsOpen));
    }

    [Fact]
    public async Task An_emergency_asks_to_be_acknowledged_until_a_person_does_something_with_it()
    {
        await using var vehicle = await OnShiftAsync(acknowledges: false);
        var emergency = TestVehicle.Order("o1", 42.371, -71.111) with { Emergency = true, MustAcknowledge = true, Kind = "make-safe" };
        vehicle.Agent.Orders.Replace(TestVehicle.Orders(1, emergency));
        Assert.Equal((true, true), (vehicle.Agent.Console.State().Orders[0].MustAcknowledge, vehicle.Agent.Console.State().Orders[0].Emergency));
        await TakeAsync(vehicle, "a1", CrewActionKind.Seen);
        Assert.True(vehicle.Agent.Console.State().Orders[0].MustAcknowledge);
        await TakeAsync(vehicle, "a2", CrewActionKind.Acknowledge);
        Assert.False(vehicle.Agent.Console.State().Orders[0].MustAcknowledge);
        await TakeAsync(vehicle, "a3", CrewActionKind.MakeSafe);
        Assert.Equal(OrderState.FieldComplete, vehicle.Agent.Orders.Find("o1")!.State);
    }

    [Fact]
    public async Task A_cry_for_help_is_taken_without_a_fix_and_whatever_it_names()
    {
        await using var vehicle = await OnShiftAsync();
        await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "a1", Kind = CrewActionKind.Duress, Order = "nothing-known" }, default);
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Action is { Kind: CrewActionKind.Duress }), "it has left");
        Assert.Null(vehicle.Link.Records.First(r => r.Action is not null).Action!.Order);
    }

    [Fact]
    public async Task A_point_carries_place_quantity_and_what_it_took()
    {
        await using var vehicle = await OnShiftAsync();
        vehicle.Agent.Orders.Replace(TestVehicle.Orders(1, TestVehicle.Order("o1", 42.371, -71.111)) with { Notices = [new OrderNotice("o9", "WO-9", "reassigned", "Crew 2", vehicle.Agent.Clock.Now)] });
        Assert.Equal("WO-9", Assert.Single(vehicle.Agent.Console.State().Notices).Number);
        var fix = vehicle.Fixes.Give(42.371, -71.111);
        await Eventually.TrueAsync(() => vehicle.Agent.Fixes.Latest == fix, "the fix was read");
        var point = new ActionRequest { Id = "a1", Kind = CrewActionKind.Point, Order = "o1", Point = new RepairPoint("pothole", 0.5, "m2"), Used = [new UsedItem("cold-patch", 2)] };
        await vehicle.Agent.Actions.TakeAsync(point, default);
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Kind == RecordKind.Action), "it has left");
        var action = vehicle.Link.Records.First(r => r.Kind == RecordKind.Action).Action!;
        Assert.Equal((new GeoPoint(42.371, -71.111), point.Point), (action.At, action.Point));
        Assert.Equal(new UsedItem("cold-patch", 2), Assert.Single(action.Used!));
        Assert.Equal(OrderState.Started, vehicle.Agent.Orders.Find("o1")!.State);
        await Assert.ThrowsAsync<ActionRefusedException>(async () => await vehicle.Agent.Actions.TakeAsync(point with { Id = "a2", Point = new RepairPoint(Quantity: double.NaN) }, default));
    }

    private static Task<Agent.Outbox.RecordId> TakeAsync(TestVehicle vehicle, string id, CrewActionKind kind) =>
        vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = id, Kind = kind, Order = "o1" }, default).AsTask();

    private async Task<TestVehicle> OnShiftAsync(bool acknowledges = true)
    {
        var vehicle = new TestVehicle(folder.Path, acknowledges: acknowledges);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", ["m-7"], default);
        return vehicle;
    }
}
