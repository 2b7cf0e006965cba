using Microsoft.Playwright;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>Debian's Chromium without a window; nothing is downloaded.</summary>
public static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Only what never comes takes so long: a busy machine makes a test slower and nothing else.</summary>
    private const float LongestMs = 120_000;

    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static void MustBeThere()
    {
        if (!File.Exists(Program)) throw new InvalidOperationException("no browser: apt-get install chromium");
    }

    /// <param name="playwright">What drives it.</param>
    /// <param name="arguments">More than the usual ones.</param>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] arguments)
    {
        Assertions.SetDefaultExpectTimeout(LongestMs);
        return playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = [.. Quiet, .. arguments], Timeout = LongestMs });
    }

    /// <summary>A person's browser of its own, which waits as long as its machine takes.</summary>
    public static async Task<IBrowserContext> OpenContextAsync(this IBrowser browser, BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(LongestMs);
        return context;
    }
}
