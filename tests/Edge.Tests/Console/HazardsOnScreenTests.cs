using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Console;

/// <summary>Dangers on the vehicle: what the hub sent, what it reported itself, and what of them a crew sees without a signal.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class HazardsOnScreenTests : IAsyncLifetime
{
    private static readonly GeoPoint Here = new(42.3712, -71.111);

    private readonly TemporaryFolder folder = new();
    private TestVehicle vehicle = null!;

    public async Task InitializeAsync()
    {
        vehicle = new TestVehicle(folder["data"], acknowledges: false);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        await DriveToAsync(Here);
    }

    public async Task DisposeAsync()
    {
        await vehicle.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Dangers_near_are_shown_nearest_first_with_distance_and_bearing_and_far_ones_are_not()
    {
        Receive(1, Danger("far", 0, 5_000), Danger("second", 0, 400), Danger("first", 300, 0), Danger("over", 0, 10, ends: -1));
        await Eventually.TrueAsync(() => Shown().Count == 2, "they are there");
        Assert.Equal(["first", "second"], Shown().Select(h => h.Id));
        Assert.Equal((300, 90), (Shown()[0].DistanceM, Shown()[0].BearingDeg));
        Assert.Equal((400, 0), (Shown()[1].DistanceM, Shown()[1].BearingDeg));

        await Eventually.TrueAsync(() => vehicle.Link.Statuses.LastOrDefault() is { HazardsVersion: 1, HazardsEra: "era-1" }, "the hub hears what is held");
        Receive(1, Danger("older", 0, 10));
        Receive(2);
        await Eventually.TrueAsync(() => Shown().Count == 0, "the newer state counts");
    }

    [Fact]
    public async Task They_outlive_a_restart_without_a_signal_and_end_by_themselves()
    {
        Receive(7, Danger("wire", 0, 100));
        await Eventually.TrueAsync(() => Shown().Count == 1, "it is there");
        await vehicle.StopAsync();
        vehicle = new TestVehicle(folder["data"], acknowledges: false);
        vehicle.Link.Connect(false);
        await DriveToAsync(Here);
        Assert.Equal("wire", Assert.Single(Shown()).Id);
    }

    [Fact]
    public async Task An_own_report_shows_at_once_and_goes_when_it_is_taken_back()
    {
        var reported = new ActionRequest { Id = "h1", Kind = CrewActionKind.Hazard, Hazard = HazardKind.Ice };
        await vehicle.Agent.Actions.TakeAsync(reported, default);
        var mine = Assert.Single(Shown());
        Assert.Equal((HazardCopy.IdOf("h1"), HazardKind.Ice, true), (mine.Id, mine.Kind, mine.Own));
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Action is { Kind: CrewActionKind.Hazard, Hazard: HazardKind.Ice, At: not null, Order: null }), "it has left");

        // The hub's copy of it is the same danger.
        Receive(1, Danger("other", 0, 50) with { Id = HazardCopy.IdOf("h1") });
        await Eventually.TrueAsync(() => Shown() is [{ DistanceM: > 0 }], "the hub's word on where");
        await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "u1", Kind = CrewActionKind.Undo, Undoes = "h1" }, default);
        Assert.Empty(Shown());
    }

    [Fact]
    public async Task A_danger_is_of_the_list_and_has_a_place()
    {
        await Assert.ThrowsAsync<ActionRefusedException>(async () => await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "h1", Kind = CrewActionKind.Hazard, Hazard = "dragon" }, default));
        await Assert.ThrowsAsync<ActionRefusedException>(async () => await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "h2", Kind = CrewActionKind.Hazard }, default));
    }

    [Fact]
    public async Task A_note_is_added_to_a_job_that_is_done_and_gone_until_the_shift_ends()
    {
        vehicle.ReceiveOrders(1, TestVehicle.Order("o1", Here.Latitude, Here.Longitude));
        await Eventually.TrueAsync(() => vehicle.Agent.Orders.Find("o1") is not null, "the order is there");
        ActionRequest Note(string id) => new() { Id = id, Kind = CrewActionKind.Note, Order = "o1", Note = "second bag" };
        await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "c1", Kind = CrewActionKind.Complete, Order = "o1" }, default);
        vehicle.ReceiveOrders(2);
        await Eventually.TrueAsync(() => vehicle.Agent.Orders.Find("o1") is null, "the hub took it away");
        await vehicle.Agent.Actions.TakeAsync(Note("n1"), default);
        Assert.Equal("WO-26-o1 · Pothole", vehicle.Agent.Actions.Recent[^1].Label);
        await Assert.ThrowsAsync<ActionRefusedException>(async () => await vehicle.Agent.Actions.TakeAsync(Note("n2") with { Note = "" }, default));

        await vehicle.Agent.Shift.ChangeAsync(ShiftState.Off, null, null, default);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        await Assert.ThrowsAsync<ActionRefusedException>(async () => await vehicle.Agent.Actions.TakeAsync(Note("n3"), default));
    }

    private IReadOnlyList<Agent.Console.ConsoleHazard> Shown() => vehicle.Agent.Console.State().Hazards;

    private async Task DriveToAsync(GeoPoint at)
    {
        vehicle.Fixes.Give(at.Latitude, at.Longitude, speedMps: 0);
        await Eventually.TrueAsync(() => vehicle.Agent.Fixes.Latest is not null, "there is a fix");
    }

    private static HazardCopy Danger(string id, double eastM, double northM, double ends = 1) =>
        new(id, HazardKind.WireDown, Here.MovedByM(eastM, northM), TimeProvider.System.GetUtcNow().AddHours(-2), TimeProvider.System.GetUtcNow().AddHours(ends));

    private void Receive(long version, params HazardCopy[] hazards) =>
        vehicle.Link.Receive(Lane.Hazards, new HazardsState { StateVersion = version, Era = "era-1", Hazards = hazards }, WireJson.Default.HazardsState);
}
