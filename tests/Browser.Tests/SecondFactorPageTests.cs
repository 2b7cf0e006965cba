using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;
using ThreeOneOne.Field.EndToEnd.Tests;
using static Microsoft.Playwright.Assertions;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>The sign-in page where a second step is asked for, with a real hub, from the first link to a lost telephone.</summary>
public sealed class SecondFactorPageTests : IAsyncLifetime
{
    private const string Password = "a lamp on every corner";

    private RealCity city = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        Chromium.MustBeThere();
        city = await RealCity.PrepareAsync("second-factor");
        await city.StartAsync("--Access:SecondFactor=Always");
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await city.DisposeAsync();
    }

    [Fact]
    public async Task A_person_sets_up_an_app_signs_in_with_it_and_once_without()
    {
        var link = (await city.DoneAsync("people", "invite", "--name", "ada", "--role", "city-it")).Split('\n').First(l => l.StartsWith("http", StringComparison.Ordinal));
        var page = await PageAsync(ColorScheme.Light);
        await page.GotoAsync(link);

        await Expect(page.Locator("#choose")).ToBeVisibleAsync();
        await LooksRightAsync(page, "choose");
        await page.FillAsync("#new-password", Password);
        await page.ClickAsync("#choose button[type=submit]");

        await Expect(page.Locator("#enrol")).ToBeVisibleAsync();
        await LooksRightAsync(page, "enrol");
        var secret = Base32(await page.Locator("#key").InnerTextAsync());
        await page.FillAsync("#first-code", "000000");
        await page.ClickAsync("#enrol button");
        await Expect(page.Locator("#first-code-fault, #message").Filter(new() { Visible = true })).ToBeVisibleAsync();
        var used = Code(secret, 0);
        await page.FillAsync("#first-code", used);
        await page.ClickAsync("#enrol button");

        await Expect(page.Locator("#recovery")).ToBeVisibleAsync();
        await LooksRightAsync(page, "recovery");
        var recovery = (await page.Locator("#codes").InnerTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(10, recovery.Distinct().Count());
        await page.ClickAsync("#recovery button");
        await Expect(page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));

        var again = await PageAsync(ColorScheme.Dark);
        await NameAndPasswordAsync(again);
        await LooksRightAsync(again, "second");
        // Used by the step before: good for nobody who looked over a shoulder.
        await again.FillAsync("#code", used);
        await again.ClickAsync("#second button");
        await Expect(again.Locator("#code-fault, #message").Filter(new() { Visible = true })).ToBeVisibleAsync();
        // The telephone is ahead by one step: the next code counts already.
        await again.FillAsync("#code", Code(secret, 1));
        await again.ClickAsync("#second button");
        await Expect(again).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));

        var lost = await PageAsync(ColorScheme.Dark);
        await NameAndPasswordAsync(lost);
        await lost.FillAsync("#code", recovery[3]);
        await lost.ClickAsync("#second button");
        await Expect(lost).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));

        var stolen = await PageAsync(ColorScheme.Light);
        await NameAndPasswordAsync(stolen);
        await stolen.FillAsync("#code", recovery[3]);
        await stolen.ClickAsync("#second button");
        await Expect(stolen.Locator("#code-fault, #message").Filter(new() { Visible = true })).ToBeVisibleAsync();
    }

    private async Task<IPage> PageAsync(ColorScheme scheme)
    {
        var context = await browser.OpenContextAsync(new() { ColorScheme = scheme });
        return await context.NewPageAsync();
    }

    private async Task NameAndPasswordAsync(IPage page)
    {
        await page.GotoAsync(new Uri(city.Address, "/sign-in").ToString());
        await page.FillAsync("#name", "ada");
        await page.FillAsync("#password", Password);
        await page.ClickAsync("#sign-in button");
        await Expect(page.Locator("#second")).ToBeVisibleAsync();
    }

    // In both themes and on a telephone: no rule of axe broken, nothing beside the screen.
    private static async Task LooksRightAsync(IPage page, string step)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var (width, height) in new[] { (1280, 800), (320, 640) })
            {
                await page.SetViewportSizeAsync(width, height);
                Assert.Equal([], await page.BreachesAsync());
                Assert.True(
                    await page.EvaluateAsync<bool>("() => { const box = document.querySelector('main').getBoundingClientRect(); return Math.abs(box.left - (innerWidth - box.right)) <= 1 && box.left >= 8; }"),
                    $"{step} is not in the middle of {width}");
            }
        }
    }

    // RFC 6238 again, as an authenticator app has it: HMAC-SHA-1, 30 s, six digits.
    [SuppressMessage("Security", "CA5350", Justification = "What every authenticator app makes.")]
    private static string Code(byte[] secret, int stepsAhead)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + stepsAhead);
        var mac = HMACSHA1.HashData(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0xF)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Base32(string text)
    {
        var (bits, value, bytes) = (0, 0, new List<byte>());
        foreach (var c in text.Where(char.IsAsciiLetterOrDigit))
        {
            value = (value << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(value >> bits));
            value &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
