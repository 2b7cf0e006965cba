using Microsoft.Playwright;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>One demo and one signed-in browser for all tests, with a page that watches from the first moment.</summary>
public sealed class DispatcherDesk : IAsyncLifetime
{
    private readonly List<IBrowser> browsers = [];
    private IPlaywright? playwright;
    private DemoHub? hub;
    private string session = "{}";

    public DemoHub Hub => hub ?? throw new InvalidOperationException("not started");

    /// <summary>Signed in by the link, on the map, since the demo went live.</summary>
    public IPage Watching { get; private set; } = null!;

    public Watcher Watcher { get; private set; } = null!;

    /// <summary>Numbers of the requests that the watching page knew when it opened.</summary>
    public IReadOnlySet<string> KnownAtFirst { get; private set; } = new HashSet<string>();

    public async Task InitializeAsync()
    {
        // Before the demo: what is missing here should not cost its start.
        Chromium.MustBeThere();
        playwright = await Playwright.CreateAsync();
        hub = await DemoHub.StartAsync();
        var context = await (await LaunchAsync()).OpenContextAsync(new() { ViewportSize = new() { Width = 1680, Height = 1000 }, ColorScheme = ColorScheme.Light });
        Watching = await context.NewPageAsync();
        Watcher = new Watcher(Watching, hub.Address);
        await Watching.GotoAsync(hub.SignInLink.ToString());
        // A first sign-in may choose a password; this one does so later.
        var later = Watching.Locator("#later");
        await later.Or(Watching.Locator(".app")).First.WaitForAsync();
        if (await later.IsVisibleAsync()) await later.ClickAsync();
        await LiveAsync(Watching);
        await Watching.FollowClosuresAsync();
        session = await context.StorageStateAsync();
        KnownAtFirst = (await Watching.RequestNumbersAsync()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A page of its own, signed in as the same person.</summary>
    /// <param name="path">Path and hash, such as <c>/#/crews</c>.</param>
    /// <param name="theme">What the system asks for.</param>
    /// <param name="arguments">Of an own browser; none: the shared one.</param>
    public async Task<IPage> OpenAsync(string path = "/", ColorScheme theme = ColorScheme.Light, params string[] arguments)
    {
        var browser = arguments.Length == 0 ? browsers[0] : await LaunchAsync(arguments);
        var context = await browser.OpenContextAsync(new()
        {
            StorageState = session, ColorScheme = theme, Locale = "en-US", ViewportSize = new() { Width = 1280, Height = 800 },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Hub.Address, path).ToString());
        await LiveAsync(page);
        return page;
    }

    /// <summary>A page on which city IT is signed in, by its one-time link: once in a run.</summary>
    public async Task<IPage> CityItAsync()
    {
        var context = await browsers[0].OpenContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync((Hub.CityItLink ?? throw new InvalidOperationException("set FIELD_TEST_CITY_IT_LINK")).ToString());
        var later = page.Locator("#later");
        await later.Or(page.Locator(".app")).First.WaitForAsync();
        if (await later.IsVisibleAsync()) await later.ClickAsync();
        await LiveAsync(page);
        return page;
    }

    /// <summary>A crew's screen: a panel of 7 inches.</summary>
    public async Task<IPage> OpenScreenAsync(Uri screen, ColorScheme theme)
    {
        var context = await browsers[0].OpenContextAsync(new() { ColorScheme = theme, Locale = "en-US", ViewportSize = new() { Width = 1280, Height = 720 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(screen.ToString());
        await page.Locator(".app").WaitForAsync();
        return page;
    }

    public async Task DisposeAsync()
    {
        foreach (var browser in browsers) await browser.CloseAsync();
        playwright?.Dispose();
        if (hub is not null) await hub.DisposeAsync();
    }

    private async Task<IBrowser> LaunchAsync(params string[] arguments)
    {
        var browser = await Chromium.LaunchAsync(playwright!, arguments);
        browsers.Add(browser);
        return browser;
    }

    private static async Task LiveAsync(IPage page) =>
        await page.WaitForFunctionAsync("() => window.fieldProbe?.feed() === 'live'", null, new() { Timeout = 120_000 });
}
