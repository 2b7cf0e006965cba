using Microsoft.Playwright;
using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Browser.Tests;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>A browser in which city IT is signed in; each page has a profile of its own, with nothing in its cache.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private const string IsLive = "() => window.fieldProbe?.feed() === 'live'";
    private const int SecondsStill = 4;
    private const int LongestWait = 40;

    private readonly HubUnderTest hub;
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private string session = "{}";

    private Desk(HubUnderTest hub, IPlaywright playwright, IBrowser browser, int port) =>
        (this.hub, this.playwright, this.browser, DevToolsPort) = (hub, playwright, browser, port);

    /// <summary>Where the browser's developer tools listen: they reach its workers, which Playwright does not.</summary>
    public int DevToolsPort { get; }

    public Uri Address => hub.Client.BaseAddress!;

    public static async Task<Desk> OpenAsync(HubUnderTest hub, CancellationToken stop)
    {
        var playwright = await Playwright.CreateAsync().ConfigureAwait(false);
        var port = FreePort.Next();
        var browser = await Chromium.LaunchAsync(playwright, $"--remote-debugging-port={port}").ConfigureAwait(false);
        var desk = new Desk(hub, playwright, browser, port);
        await desk.SignInAsync(stop).ConfigureAwait(false);
        return desk;
    }

    /// <summary>An empty page of a new profile.</summary>
    /// <param name="theme">What the system asks for.</param>
    /// <param name="script">Runs before anything of the page.</param>
    public async Task<IPage> BlankAsync(ColorScheme theme, string? script = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            StorageState = session, ColorScheme = theme, Locale = "en-US", ViewportSize = new() { Width = 1600, Height = 900 },
        }).ConfigureAwait(false);
        var page = await context.NewPageAsync().ConfigureAwait(false);
        page.SetDefaultTimeout(120_000);
        if (script is not null) await page.AddInitScriptAsync(script).ConfigureAwait(false);
        return page;
    }

    public async Task<IPage> OpenAsync(ColorScheme theme, CancellationToken stop)
    {
        var page = await BlankAsync(theme, FrameFigures.CountDraws).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        await page.GotoAsync(Address.ToString()).ConfigureAwait(false);
        await page.WaitForFunctionAsync(IsLive).ConfigureAwait(false);
        return page;
    }

    /// <summary>Processor time of all of the browser's processes.</summary>
    public async Task<double> CpuSecondsAsync()
    {
        var session = await browser.NewBrowserCDPSessionAsync().ConfigureAwait(false);
        var said = await session.SendAsync("SystemInfo.getProcessInfo").ConfigureAwait(false);
        await session.DetachAsync().ConfigureAwait(false);
        return said!.Value.GetProperty("processInfo").EnumerateArray().Sum(p => p.GetProperty("cpuTime").GetDouble());
    }

    /// <summary>Waits until the map is drawn and nothing more of it comes, or until it plainly never rests.</summary>
    public static async Task SettleAsync(IPage page, CancellationToken stop)
    {
        await page.Locator(".maplibregl-canvas").WaitForAsync().ConfigureAwait(false);
        var (draws, still) = (-1L, 0);
        for (var waited = 0; still < SecondsStill && waited < LongestWait; waited++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), stop).ConfigureAwait(false);
            var now = await page.EvaluateAsync<long>("() => window.mapDraws").ConfigureAwait(false);
            still = now == draws && now > 0 ? still + 1 : 0;
            draws = now;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync().ConfigureAwait(false);
        playwright.Dispose();
    }

    private async Task SignInAsync(CancellationToken stop)
    {
        var said = await hub.CommandAsync(["people", "invite", "--name", "Bench", "--role", "city-it"], stop).ConfigureAwait(false);
        var token = said[(said.IndexOf("/sign-in#", StringComparison.Ordinal) + 9)..].Split((char[]?)null, 2)[0];
        var page = await BlankAsync(ColorScheme.Light).ConfigureAwait(false);
        await page.GotoAsync(new Uri(Address, "/sign-in#" + token).ToString()).ConfigureAwait(false);
        // A first sign-in may choose a password; this one does so later.
        await page.Locator("#later").ClickAsync().ConfigureAwait(false);
        await page.WaitForFunctionAsync(IsLive).ConfigureAwait(false);
        session = await page.Context.StorageStateAsync().ConfigureAwait(false);
        await page.Context.CloseAsync().ConfigureAwait(false);
    }
}
