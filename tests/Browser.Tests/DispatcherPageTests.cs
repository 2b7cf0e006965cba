using Microsoft.Playwright;
using ThreeOneOne.Field.Support;
using static Microsoft.Playwright.Assertions;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>The dispatcher's page in a real browser, before the whole running product.</summary>
public sealed partial class DispatcherPageTests(DispatcherDesk desk) : IClassFixture<DispatcherDesk>
{
    private static readonly TimeSpan WhileDriving = TimeSpan.FromMinutes(3);

    /// <summary>Sensors need two passes before a fault becomes a request.</summary>
    private static readonly TimeSpan WhileSensing = TimeSpan.FromMinutes(6);

    /// <summary>A crew drives to its first job and works there.</summary>
    private static readonly TimeSpan WhileWorking = TimeSpan.FromMinutes(7);

    /// <summary>Views by their address, and what shows that they are drawn.</summary>
    private static readonly (string Path, string Shown)[] Views =
    [
        ("/#/unsent", ".empty p, .unsent-row"), ("/#/shifts", ".shift-row"), ("/#/alerts", ".empty p, .card-row"), ("/#/hazards", ".empty p, .event-row"), ("/#/overview", ".crews-table"),
        ("/#/automation", ".table"), ("/#/events", ".empty p, .event-row"), ("/#/reports", ".chart canvas"), ("/#/coverage", ".table"), ("/#/lights", ".empty p, .event-row"), ("/#/desk", ".list-head"),
    ];

    [Fact]
    public async Task One_time_link_signs_in_once()
    {
        await Expect(desk.Watching.Locator(".person")).ToBeVisibleAsync();
        await using var stranger = await desk.Watching.Context.Browser!.OpenContextAsync();
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
        IReadOnlyList<string> closed = [];
        // Counted since the page opened: crews find most of what is broken in the first minutes, and this test may come late.
        await Eventually.TrueAsync(
            async () => (closed = await desk.Watching.ClosedInViewAsync()).Count > 0,
            "a request that was open is closed: " + desk.Hub.Log,
            WhileWorking);
        var page = await desk.OpenAsync("/#/request/" + closed[0]);
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
        var crew = await page.Locator(".assign-menu li button:enabled b").First.InnerTextAsync();
        var choice = page.Locator(".assign-menu li button").Filter(new() { HasText = crew });
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
        await using var stranger = await page.Context.Browser!.OpenContextAsync(new() { ColorScheme = theme });
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
        await page.Locator(".rail-button").Filter(new() { HasText = "Units" }).ClickAsync();
        var list = page.Locator("#list [role=listbox]");
        await list.FocusAsync();
        await list.PressAsync("End");
        await list.PressAsync("Enter");
        await Expect(page.Locator("#list [aria-selected=true]")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Crews_photo_is_on_its_order_and_can_be_enlarged()
    {
        var number = "";
        await Eventually.TrueAsync(
            async () => (number = await desk.Watching.EvaluateAsync<string>("""
                async () => {
                  const { items } = await (await fetch('/api/work-orders?state=field-complete')).json();
                  for (const o of items) {
                    const { attachments } = await (await fetch(`/api/work-orders/${o.id}`)).json();
                    if (attachments.some((f) => f.state === 'received')) return o.request;
                  }
                  return '';
                }
                """)).Length > 0,
            "a photo came: " + desk.Hub.Log,
            WhileWorking);
        var page = await desk.OpenAsync("/#/request/" + number);
        var small = page.Locator(".order-files .photo").First;
        await small.ScrollIntoViewIfNeededAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.photo img')?.naturalWidth > 0");
        await small.ClickAsync();
        await Expect(page.Locator(".photo-large img")).ToBeVisibleAsync();
        Assert.Empty(await page.BreachesAsync());
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".photo-large img")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Order_says_how_far_it_got_to_its_crew()
    {
        // Its crew drives after a recording and answers no order, so what the page says stays to be read.
        const string crew = "crew-highway-van-1";
        var page = await desk.OpenAsync();
        var number = await page.EvaluateAsync<string>("""
            async (crew) => {
              const post = async (path, body) => (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
              const { number } = await post('/api/requests', { service: 'pothole', lat: 42.3601, lon: -71.1009 });
              await post('/api/work-orders', { request: number, crew });
              return number;
            }
            """, crew);
        await page.GotoAsync(new Uri(desk.Hub.Address, "/#/request/" + number).ToString());
        await Expect(page.Locator(".delivery [aria-current=step]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("on the vehicle|seen by crew"), new() { Timeout = 120_000 });
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Receipt_of_a_shift_opens_from_its_unit_reads_as_a_sentence_and_goes_on_paper(ColorScheme theme)
    {
        var unit = "";
        await Eventually.TrueAsync(
            async () => (unit = await desk.Watching.EvaluateAsync<string>(
                "async () => (await (await fetch('/api/shifts')).json()).items.find((s) => s.atCityHall > 0)?.vehicles[0].vehicle ?? ''")).Length > 0,
            "a crew did something: " + desk.Hub.Log,
            WhileWorking);
        var page = await desk.OpenAsync("/#/unit/" + unit, theme);
        await page.Locator(".shift-card").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#/shift/"));
        await Expect(page.Locator(".receipt-sentence")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"\d+ .*at city hall"));
        await Expect(page.Locator(".record-lines li").First).ToBeVisibleAsync();
        Assert.Empty(await page.BreachesAsync());
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".receipt-sentence")).ToBeVisibleAsync();
        await Expect(page.Locator(".print-head")).ToBeVisibleAsync();
        await Expect(page.Locator(".map-pane")).ToBeHiddenAsync();
        // Dark ink on paper, whatever the theme.
        Assert.Equal("rgb(14, 26, 39)", await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.receipt-sentence')).color"));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Views_open_by_link_without_a_breach(ColorScheme theme)
    {
        foreach (var (path, shown) in Views)
        {
            var page = await desk.OpenAsync(path, theme);
            await Expect(page.Locator("#list").Locator(shown).First).ToBeVisibleAsync();
            Assert.Empty(await page.BreachesAsync());
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Dark_theme_follows_the_system_and_the_button_changes_it()
    {
        var page = await desk.OpenAsync(theme: ColorScheme.Dark);
        var root = page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        var background = await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.list-pane')).backgroundColor");
        Assert.Equal("rgb(16, 25, 34)", background);
        await page.Locator(".theme-button").ClickAsync();
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
