using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using ThreeOneOne.Field.Support;
using static Microsoft.Playwright.Assertions;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>A crew's day on its own screen, and what the dispatcher sees of it.</summary>
public sealed partial class DispatcherPageTests
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 120_000 };

    [Fact]
    public async Task Crew_completes_without_signal_and_the_dispatcher_sees_it_closed_when_the_link_returns()
    {
        var cityIt = await desk.CityItAsync();
        await using var vehicle = await CrewVehicle.StartAsync(cityIt);
        var screen = await desk.OpenScreenAsync(vehicle.Screen, ColorScheme.Light);

        // Known by the PIN that came down from the hub.
        await screen.GetByRole(AriaRole.Button, new() { Name = vehicle.Crew }).ClickAsync(new() { Timeout = 120_000 });
        foreach (var digit in CrewVehicle.Pin) await screen.GetByRole(AriaRole.Button, new() { Name = digit.ToString(), Exact = true }).ClickAsync();
        Assert.Empty(await screen.BreachesAsync());
        await screen.GetByRole(AriaRole.Button, new() { Name = "Sign on" }).ClickAsync();
        await Expect(screen.Locator(".who")).ToContainTextAsync(vehicle.Crew, new() { Timeout = 120_000 });

        var dispatcher = await desk.OpenAsync();
        var request = (await dispatcher.PostAsync("/api/requests", new { service = "pothole", lat = 42.3601, lon = -71.0997, description = "Reported by phone" })).GetProperty("number").GetString()!;
        await Eventually.TrueAsync(async () => await AssignsAsync(dispatcher, request, vehicle.Crew), "the yard crew is on shift");
        await dispatcher.GotoAsync(new Uri(desk.Hub.Address, "/#/request/" + request).ToString());

        await Expect(screen.GetByRole(AriaRole.Button, new() { Name = "Accept" })).ToBeVisibleAsync(Soon);
        // 20 mm on 7 inches of 1280×720: 8.26 pixels a millimetre.
        Assert.InRange(await screen.EvaluateAsync<double>("() => Math.min(...[...document.querySelectorAll('.primary, .here-button')].map((b) => b.getBoundingClientRect().height))"), 165, 720);
        foreach (var step in new[] { "Accept", "Arrived", "Start work" }) await screen.GetByRole(AriaRole.Button, new() { Name = step, Exact = true }).ClickAsync();
        await Expect(screen.Locator(".undo-row")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("Started .* at city hall"), new() { Timeout = 120_000 });

        // What another crew saw is on this screen, and stays there without a signal. By whom is on the dispatcher's alone.
        await using var receiver = new StandingReceiver(42.3736, -71.1097);
        await using var other = await CrewVehicle.StartAsync(cityIt, receiver.Address);
        await ReportAsync(other, "sharps");
        await Expect(screen.Locator(".hazard-strip")).ToContainTextAsync("Needles", new() { Timeout = 120_000 });
        var told = await StateAsync(vehicle);
        Assert.DoesNotContain(other.Crew, told.GetProperty("hazards").GetRawText(), StringComparison.Ordinal);
        Assert.Empty(await screen.BreachesAsync());
        var office = await desk.OpenAsync("/#/hazards");
        await Expect(office.Locator(".event-row", new() { HasText = other.Crew })).ToContainTextAsync("Needles", new() { Timeout = 120_000 });
        Assert.Empty(await office.BreachesAsync());

        vehicle.LoseSignal();
        await Expect(screen.Locator(".delivery.cut")).ToBeVisibleAsync(Soon);
        await screen.GetByRole(AriaRole.Button, new() { Name = "Field complete", Exact = true }).ClickAsync();
        await Expect(screen.Locator(".undo-row")).ToContainTextAsync("on the vehicle", new() { Timeout = 120_000 });
        await Expect(screen.Locator(".delivery")).ToContainTextAsync("1 waiting to send", new() { Timeout = 120_000 });
        // A reload loses nothing: the vehicle is the store.
        await screen.ReloadAsync();
        await Expect(screen.Locator(".job.done")).ToHaveCountAsync(1, new() { Timeout = 120_000 });
        await Expect(screen.Locator(".hazard-strip")).ToContainTextAsync("Needles", new() { Timeout = 120_000 });
        await office.Locator(".event-row", new() { HasText = other.Crew }).GetByRole(AriaRole.Button, new() { Name = "It is over" }).ClickAsync();
        await Expect(office.Locator(".event-row", new() { HasText = other.Crew })).ToHaveCountAsync(0, new() { Timeout = 120_000 });
        await Expect(dispatcher.Locator(".stepper [aria-current=step]")).Not.ToHaveTextAsync("Closed");

        vehicle.FindSignal();
        await Expect(dispatcher.Locator(".stepper [aria-current=step]")).ToHaveTextAsync("Closed", new() { Timeout = 120_000 });
        await Expect(screen.Locator(".delivery")).ToContainTextAsync("All sent", new() { Timeout = 120_000 });

        await Expect(screen.Locator(".hazard-strip", new() { HasText = "Needles" })).ToHaveCountAsync(0, new() { Timeout = 120_000 });

        foreach (var theme in new[] { "light", "night" })
        {
            await screen.EvaluateAsync("(t) => localStorage.setItem('crew.theme', t)", theme);
            await screen.ReloadAsync();
            await Expect(screen.Locator(".board")).ToBeVisibleAsync(Soon);
            Assert.Empty(await screen.BreachesAsync());
            await screen.GetByRole(AriaRole.Button, new() { Name = "Today" }).ClickAsync();
            await Expect(screen.Locator(".today")).ToBeVisibleAsync(Soon);
            Assert.Empty(await screen.BreachesAsync());
        }

        await office.Context.CloseAsync();
        await screen.Context.CloseAsync();
        await dispatcher.Context.CloseAsync();
    }

    /// <summary>Signs its crew on and reports a danger where it stands, without a screen.</summary>
    private static async Task ReportAsync(CrewVehicle vehicle, string hazard)
    {
        using var console = new HttpClient { BaseAddress = vehicle.Screen };
        var id = Guid.NewGuid().ToString();
        await Eventually.TrueAsync(async () =>
        {
            // Its crew, by the PIN that comes down from the hub, and then a fix.
            using var on = await console.PostAsJsonAsync("console/shift", new { state = "on", crew = vehicle.Crew, pin = CrewVehicle.Pin });
            using var reported = await console.PostAsJsonAsync("console/actions", new { id, kind = "hazard", hazard });
            return reported.IsSuccessStatusCode;
        }, "the danger is reported", TimeSpan.FromMinutes(4));
    }

    private static async Task<JsonElement> StateAsync(CrewVehicle vehicle)
    {
        using var console = new HttpClient { BaseAddress = vehicle.Screen };
        return await console.GetFromJsonAsync<JsonElement>("console/state");
    }

    // Until the sign-on has arrived nobody is there to be given anything.
    private static async Task<bool> AssignsAsync(IPage dispatcher, string request, string crew)
    {
        try
        {
            await dispatcher.PostAsync("/api/work-orders", new { request, crew });
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
