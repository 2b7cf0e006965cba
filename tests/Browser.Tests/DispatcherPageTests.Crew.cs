using Microsoft.Playwright;
using ThreeOneOne.Field.Support;
using static Microsoft.Playwright.Assertions;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>A crew's day on its own screen, and what the dispatcher sees of it.</summary>
public sealed partial class DispatcherPageTests
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task Crew_completes_without_signal_and_the_dispatcher_sees_it_closed_when_the_link_returns()
    {
        var cityIt = await desk.CityItAsync();
        await using var vehicle = await CrewVehicle.StartAsync(cityIt);
        var screen = await desk.OpenScreenAsync(vehicle.Screen, ColorScheme.Light);

        // Known by the PIN that came down from the hub.
        await screen.GetByRole(AriaRole.Button, new() { Name = vehicle.Crew }).ClickAsync(new() { Timeout = 30_000 });
        foreach (var digit in CrewVehicle.Pin) await screen.GetByRole(AriaRole.Button, new() { Name = digit.ToString(), Exact = true }).ClickAsync();
        Assert.Empty(await screen.BreachesAsync());
        await screen.GetByRole(AriaRole.Button, new() { Name = "Sign on" }).ClickAsync();
        await Expect(screen.Locator(".who")).ToContainTextAsync(vehicle.Crew);

        var dispatcher = await desk.OpenAsync();
        var request = (await dispatcher.PostAsync("/api/requests", new { service = "pothole", lat = 42.3601, lon = -71.0997, description = "Reported by phone" })).GetProperty("number").GetString()!;
        await Eventually.TrueAsync(async () => await AssignsAsync(dispatcher, request, vehicle.Crew), "the yard crew is on shift", TimeSpan.FromSeconds(30));
        await dispatcher.GotoAsync(new Uri(desk.Hub.Address, "/#/request/" + request).ToString());

        await Expect(screen.GetByRole(AriaRole.Button, new() { Name = "Accept" })).ToBeVisibleAsync(Soon);
        foreach (var step in new[] { "Accept", "Arrived", "Start work" }) await screen.GetByRole(AriaRole.Button, new() { Name = step, Exact = true }).ClickAsync();
        await Expect(screen.Locator(".undo-row")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("Started .* at city hall"), new() { Timeout = 30_000 });

        vehicle.LoseSignal();
        await Expect(screen.Locator(".delivery.cut")).ToBeVisibleAsync(Soon);
        await screen.GetByRole(AriaRole.Button, new() { Name = "Field complete", Exact = true }).ClickAsync();
        await Expect(screen.Locator(".undo-row")).ToContainTextAsync("on the vehicle");
        await Expect(screen.Locator(".delivery")).ToContainTextAsync("1 waiting to send");
        // A reload loses nothing: the vehicle is the store.
        await screen.ReloadAsync();
        await Expect(screen.Locator(".job.done")).ToHaveCountAsync(1);
        await Expect(dispatcher.Locator(".stepper [aria-current=step]")).Not.ToHaveTextAsync("Closed");

        vehicle.FindSignal();
        await Expect(dispatcher.Locator(".stepper [aria-current=step]")).ToHaveTextAsync("Closed", new() { Timeout = 90_000 });
        await Expect(screen.Locator(".delivery")).ToContainTextAsync("All sent", new() { Timeout = 30_000 });

        foreach (var theme in new[] { "light", "night" })
        {
            await screen.EvaluateAsync("(t) => localStorage.setItem('crew.theme', t)", theme);
            await screen.ReloadAsync();
            await Expect(screen.Locator(".board")).ToBeVisibleAsync();
            Assert.Empty(await screen.BreachesAsync());
            await screen.GetByRole(AriaRole.Button, new() { Name = "Today" }).ClickAsync();
            await Expect(screen.Locator(".today")).ToBeVisibleAsync();
            Assert.Empty(await screen.BreachesAsync());
        }

        await screen.Context.CloseAsync();
        await dispatcher.Context.CloseAsync();
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
