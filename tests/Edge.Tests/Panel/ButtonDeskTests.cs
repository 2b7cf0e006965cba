using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Panel;

/// <summary>A vehicle with a button and no screen.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class ButtonDeskTests : IAsyncLifetime
{
    private const int Short = 200;
    private const int Long = 1_500;
    private const int Longest = 6_000;

    private readonly TemporaryFolder folder = new();
    private readonly ScriptedButton button = new();
    private TestVehicle vehicle = null!;

    public Task InitializeAsync()
    {
        Directory.CreateDirectory(folder["lamp"]);
        vehicle = new TestVehicle(folder["data"], acknowledges: false, button: button, buttonOptions: new ButtonOptions { Crew = "crew-1", Lamp = folder["lamp"] });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await vehicle.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_shift_a_day_of_work_and_its_end_by_the_button_alone()
    {
        await StandAsync();
        button.Press(Short);
        button.Press(Longest);
        await Eventually.TrueAsync(() => vehicle.Agent.Gate.State == ShiftState.On, "the crew is on shift");
        Assert.Empty(vehicle.Agent.Actions.Recent);
        // A place from before the shift places nothing.
        await StandAsync();
        vehicle.ReceiveOrders(1, TestVehicle.Order("o1", 42.3712, -71.111));
        await Eventually.TrueAsync(() => vehicle.Agent.Orders.Find("o1") is not null, "the order is there");

        foreach (var kind in (CrewActionKind[])[CrewActionKind.Accept, CrewActionKind.Arrive, CrewActionKind.Start, CrewActionKind.Complete])
        {
            button.Press(Long);
            await DoneAsync(kind);
        }

        button.Press(Short);
        await DoneAsync(CrewActionKind.FixedHere);
        Assert.Equal("pothole", vehicle.Agent.Actions.Recent[^1].Action.Service);
        Assert.NotNull(vehicle.Agent.Actions.Recent[^1].Action.At);
        // The kernel's lamp was lit in between, and is dark at the end.
        await Eventually.TrueAsync(() => File.Exists(Brightness) && File.ReadAllText(Brightness) == "0", "the lamp goes out");

        button.Press(Longest);
        await Eventually.TrueAsync(() => vehicle.Agent.Gate.State == ShiftState.Off, "the shift has ended");
    }

    [Fact]
    public async Task While_the_panel_is_locked_a_short_press_marks_the_spot_and_no_step_is_taken()
    {
        await SignOnAsync();
        vehicle.ReceiveOrders(1, TestVehicle.Order("o1", 42.3712, -71.111));
        await DriveAsync();
        button.Press(Long);
        button.Press(Longest);
        button.Press(Short);
        await DoneAsync(CrewActionKind.Report);
        var only = Assert.Single(vehicle.Agent.Actions.Recent);
        Assert.Equal(("pothole", null), (only.Action.Service, only.Action.Order));
        Assert.Equal(ShiftState.On, vehicle.Agent.Gate.State);
    }

    [Fact]
    public async Task A_press_is_repeatable_every_minute_and_a_finger_that_bounces_is_one()
    {
        await SignOnAsync();
        await StandAsync();
        button.Press(Short);
        button.Press(Short, pauseMs: 400);
        for (var i = 0; i < 3; i++) button.Press(Short, pauseMs: 60_000);
        await Eventually.TrueAsync(() => vehicle.Agent.Actions.Recent.Count == 4, "four of five");
        Assert.Equal(4, vehicle.Agent.Actions.Recent.Select(a => a.Action.Id).Distinct().Count());
    }

    [Fact]
    public async Task It_fixes_what_the_crew_fixed_last()
    {
        await SignOnAsync();
        await StandAsync();
        await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "f1", Kind = CrewActionKind.FixedHere, Service = "street-light-out" }, default);
        button.Press(Short);
        await Eventually.TrueAsync(() => vehicle.Agent.Actions.Recent.Count == 2, "it is taken");
        Assert.Equal("street-light-out", vehicle.Agent.Actions.Recent[^1].Action.Service);
    }

    [Fact]
    public async Task A_step_of_several_jobs_is_taken_by_none_unless_one_is_under_way()
    {
        await SignOnAsync();
        await StandAsync();
        vehicle.ReceiveOrders(1, TestVehicle.Order("o1", 42.3712, -71.111), TestVehicle.Order("o2", 42.3713, -71.111));
        await Eventually.TrueAsync(() => vehicle.Agent.Orders.Orders.Count == 2, "the orders are there");
        button.Press(Long);
        button.Press(40_000);
        button.Press(Short);
        await DoneAsync(CrewActionKind.FixedHere);
        Assert.Single(vehicle.Agent.Actions.Recent);

        await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "s", Kind = CrewActionKind.Start, Order = "o2" }, default);
        button.Press(Long);
        await DoneAsync(CrewActionKind.Complete);
        Assert.Equal("o2", vehicle.Agent.Actions.Recent[^1].Action.Order);
    }

    [Fact]
    public async Task A_crew_with_a_pin_is_not_signed_on_by_a_button()
    {
        var crew = new ProfileCrew("crew-1", "Crew", [new ProfileMember("m-7", PinHash.Of("4711", 1_000))]);
        var profile = JsonSerializer.SerializeToElement(new VehicleProfile { Crews = [crew] }, WireJson.Default.VehicleProfile);
        vehicle.Link.Receive(Lane.Profile, new ProfileState { StateVersion = 1, Profile = profile }, WireJson.Default.ProfileState);
        await Eventually.TrueAsync(() => vehicle.Agent.Console.State().Crews.Count == 1, "the profile is there");
        button.Press(Longest);
        await Eventually.TrueAsync(() => File.Exists(Brightness), "the lamp says no");
        Assert.Equal(ShiftState.Off, vehicle.Agent.Gate.State);
    }

    private string Brightness => Path.Combine(folder["lamp"], "brightness");

    private async Task SignOnAsync() => await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);

    private async Task StandAsync()
    {
        var fix = vehicle.Fixes.Give(42.3712, -71.111, speedMps: 0);
        await Eventually.TrueAsync(() => vehicle.Agent.Fixes.Latest == fix, "there is a fix");
    }

    private async Task DriveAsync()
    {
        vehicle.Fixes.Give(42.3712, -71.111, speedMps: 9);
        await Eventually.TrueAsync(() => vehicle.Agent.Console.IsLocked && vehicle.Agent.Orders.Find("o1") is not null, "locked");
    }

    private Task DoneAsync(CrewActionKind kind) => Eventually.TrueAsync(() => vehicle.Agent.Actions.Recent.Any(a => a.Action.Kind == kind), $"{kind} is taken");
}
