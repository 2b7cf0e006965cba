using Microsoft.Playwright;
using ThreeOneOne.Field.Support;
using static Microsoft.Playwright.Assertions;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>The dispatcher's page in a real browser, before the whole running product.</summary>
public sealed class DispatcherPageTests(DispatcherDesk desk) : IClassFixture<DispatcherDesk>
{
    private static readonly TimeSpan WhileDriving = TimeSpan.FromSeconds(40);

    /// <summary>Sensors need two passes before a fault becomes a request.</summary>
    private static readonly TimeSpan WhileSensing = TimeSpan.FromSeconds(150);

    /// <summary>A crew drives to its first job and works there.</summary>
    private static readonly TimeSpan WhileWorking = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task One_time_link_signs_in_once()
    {
        await Expect(desk.Watching.Locator(".person")).ToBeVisibleAsync();
        await using var stranger = await desk.Watching.Context.Browser!.NewContextAsync();
        var page = await stranger.NewPageAsync();
        await page.GotoAsync(desk.Hub.SignInLink.ToString());
        await Expect(page.Locator("#sign-in")).ToBeVisibleAsync();
        await page.GotoAsync(desk.Hub.Address.ToString());
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
    }

    [Fact]
    public async Task Vehicles_move_on_the_map()
    {
        await Eventually.TrueAsync(async () => (await desk.Watching.PositionsAsync()).Count >= 3, "three units on the map", WhileDriving);
        var before = await desk.Watching.PositionsAsync();
        await Eventually.TrueAsync(async () => await desk.Watching.MovedSinceAsync(before) >= 3, "three units moved: " + desk.Hub.Log, WhileDriving);
        await Expect(desk.Watching.Locator(".maplibregl-canvas")).ToBeVisibleAsync();
        Assert.Contains(desk.Watcher.Requests, r => r.EndsWith(".pmtiles", StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_request_appears_in_the_queue_while_watching()
    {
        var fresh = "";
        await Eventually.TrueAsync(
            async () =>
            {
                fresh = (await desk.Watching.RequestNumbersAsync()).FirstOrDefault(r => !desk.KnownAtFirst.Contains(r)) ?? "";
                return fresh.Length > 0;
            },
            "a new request: " + desk.Hub.Log,
            WhileSensing);
        await desk.Watching.Locator(".search input").FillAsync(fresh);
        await desk.Watching.Locator(".hits [role=option]").First.ClickAsync();
        await Expect(desk.Watching.Locator("aside.card")).ToContainTextAsync(fresh);
        await Expect(desk.Watching).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#/request/" + fresh + "$"));
        await desk.Watching.Locator("aside.card .card-head .icon-button").ClickAsync();
    }

    [Fact]
    public async Task Crews_completion_closes_a_request_while_watching()
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        var closed = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var now = await desk.Watching.StatusesAsync();
                closed = open.FirstOrDefault(r => now.GetValueOrDefault(r) == "closed") ?? "";
                open.UnionWith(now.Where(r => r.Value == "open").Select(r => r.Key));
                return closed.Length > 0;
            },
            "a request that was open is closed: " + desk.Hub.Log,
            WhileWorking);
        var page = await desk.OpenAsync("/#/request/" + closed);
        await Expect(page.Locator(".stepper [aria-current=step]")).ToHaveTextAsync("Closed");
        await Expect(page.Locator(".order-line").First).ToContainTextAsync("Field complete");
        await Expect(page.Locator(".history")).ToContainTextAsync("crew");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Dispatcher_assigns_a_crew()
    {
        var page = await desk.OpenAsync();
        // By hand, where no patrol ends it soon.
        var number = await page.EvaluateAsync<string>("""
            async () => {
              const body = JSON.stringify({ service: 'pothole', lat: 42.3654, lon: -71.1106, description: 'Reported by phone' });
              const answer = await fetch('/api/requests', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
              return (await answer.json()).number;
            }
            """);
        await page.GotoAsync(new Uri(desk.Hub.Address, "/#/request/" + number).ToString());
        await Expect(page.Locator("aside.card")).ToContainTextAsync("Reported by phone");
        await page.Locator(".assign .primary").ClickAsync();
        var choice = page.Locator(".assign-menu li button:enabled").First;
        var crew = await choice.Locator("b").InnerTextAsync();
        var answer = await page.RunAndWaitForResponseAsync(() => choice.ClickAsync(), r => r.Request.Method == "POST" && r.Url.Contains("/api/work-orders", StringComparison.Ordinal));
        Assert.True(answer.Ok, $"{answer.Status} {await answer.TextAsync()}");
        await Expect(page.Locator(".order-line").First).ToContainTextAsync(crew);
        await Expect(page.Locator(".facts")).ToContainTextAsync(crew);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_the_map_with_a_request_and_on_sign_in(ColorScheme theme)
    {
        var number = "";
        await Eventually.TrueAsync(
            async () => (number = await desk.Watching.EvaluateAsync<string>(
                "async () => (await (await fetch('/api/requests')).json()).items.find((r) => r.evidenceFor > 0)?.number ?? ''")).Length > 0,
            "a request with evidence: " + desk.Hub.Log,
            WhileSensing);
        var page = await desk.OpenAsync("/#/request/" + number, theme);
        await Expect(page.Locator("aside.card .observation").First).ToBeVisibleAsync();
        Assert.Empty(await page.BreachesAsync());
        await using var stranger = await page.Context.Browser!.NewContextAsync(new() { ColorScheme = theme });
        var signIn = await stranger.NewPageAsync();
        await signIn.GotoAsync(new Uri(desk.Hub.Address, "/sign-in").ToString());
        await Expect(signIn.Locator("#sign-in")).ToBeVisibleAsync();
        Assert.Empty(await signIn.BreachesAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Deep_link_opens_a_unit_and_the_lists_follow_the_keyboard()
    {
        await Eventually.TrueAsync(async () => (await desk.Watching.PositionsAsync()).Count > 0, "a unit on the map", WhileDriving);
        var unit = (await desk.Watching.PositionsAsync()).Keys.Order(StringComparer.Ordinal).First();
        var page = await desk.OpenAsync("/#/unit/" + unit);
        await Expect(page.Locator("aside.card .gauges")).ToBeVisibleAsync();
        await page.Locator(".rail-button").Nth(1).ClickAsync();
        var list = page.Locator("#list [role=listbox]");
        await list.FocusAsync();
        await list.PressAsync("End");
        await list.PressAsync("Enter");
        await Expect(page.Locator("#list [aria-selected=true]")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Dark_theme_follows_the_system_and_the_button_changes_it()
    {
        var page = await desk.OpenAsync(theme: ColorScheme.Dark);
        var root = page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        var background = await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.list-pane')).backgroundColor");
        Assert.Equal("rgb(16, 25, 34)", background);
        await page.Locator(".top-right > .icon-button").ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", "light");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_webgl_the_page_still_lists_and_moves()
    {
        var page = await desk.OpenAsync("/#/units", ColorScheme.Light, "--disable-3d-apis");
        await Expect(page.Locator(".map-note")).ToContainTextAsync("WebGL");
        await Expect(page.Locator("#list [role=option]").First).ToBeVisibleAsync();
        var before = await page.PositionsAsync();
        await Eventually.TrueAsync(async () => await page.MovedSinceAsync(before) > 0, "a unit moved", WhileDriving);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_leaves_no_error_and_asks_nobody_else()
    {
        await Expect(desk.Watching.Locator(".live-pill")).ToBeVisibleAsync();
        Assert.Empty(desk.Watcher.Errors);
        Assert.Empty(desk.Watcher.Strangers);
    }
}
