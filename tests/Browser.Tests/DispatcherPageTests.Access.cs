using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ThreeOneOne.Field.Support;
using static Microsoft.Playwright.Assertions;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>What dashboards/ACCESSIBILITY.md promises and a program can look at.</summary>
public sealed partial class DispatcherPageTests
{
    private const int TabStops = 45;

    /// <summary>As the page itself lists them, so that a new one is walked, too.</summary>
    private static readonly string[] AllViews =
    [
        .. ViewName().Matches(Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "dashboards", "dispatch", "src", "app", "route.ts")), @"LISTS = \[([^\]]+)\]").Groups[1].Value)
            .Select(m => m.Groups[1].Value),
    ];

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("pt")]
    [InlineData("ht")]
    [InlineData("zh")]
    public async Task Every_view_fits_enlarged_four_times(string language)
    {
        var page = await InAsync(language);
        await page.SetViewportSizeAsync(320, 640);
        Assert.Empty(await MisfitsAsync(page));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_view_fits_with_text_that_is_spaced_as_a_reader_needs_it()
    {
        var page = await InAsync("es");
        await page.SpaceTextAsync();
        Assert.Empty(await MisfitsAsync(page));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Cards_fit_enlarged_four_times_and_take_the_place_of_the_list()
    {
        var (number, unit) = await OpenRequestAndUnitAsync();
        var page = await desk.OpenAsync("/#/requests");
        await page.SetViewportSizeAsync(320, 640);
        foreach (var card in new[] { "request/" + number, "unit/" + unit })
        {
            await page.EvaluateAsync("(card) => { location.hash = '#/' + card; }", card);
            await Expect(page.Locator("aside.card .card-head")).ToBeVisibleAsync();
            await Expect(page.Locator("#list")).ToBeHiddenAsync();
            Assert.Empty(await page.SidewaysAsync());
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Focus_is_in_sight_at_each_stop_and_goes_back_to_the_list_when_a_card_closes()
    {
        _ = await OpenRequestAndUnitAsync();
        var page = await desk.OpenAsync("/#/requests");
        var list = page.Locator("#list [role=listbox]");
        await list.FocusAsync();
        await list.PressAsync("ArrowDown");
        await list.PressAsync("Enter");
        await Expect(page.Locator("aside.card .card-head")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => document.activeElement.blur()");
        for (var i = 0; i < TabStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("", await page.UnseenFocusAsync());
        }

        await page.Locator("aside.card .card-head .icon-button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(list).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Single_keys_can_be_switched_off_and_stay_off()
    {
        var page = await desk.OpenAsync("/#/units");
        await page.Locator(".top-right").GetByRole(AriaRole.Button, new() { Name = "Keys", Exact = true }).ClickAsync();
        await page.Locator(".key-help input[type=checkbox]").UncheckAsync();
        Assert.Empty(await page.BreachesAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.ReloadAsync();
        await Expect(page.Locator(".rail-button[aria-current]")).ToHaveTextAsync("Units");
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator(".key-help[open]")).ToHaveCountAsync(0);
        await page.Locator(".top-right").GetByRole(AriaRole.Button, new() { Name = "Keys", Exact = true }).ClickAsync();
        await page.Locator(".key-help input[type=checkbox]").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".key-help h2")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator(".key-help[open]")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_the_hub_refuses_is_said_in_the_readers_language()
    {
        var (number, _) = await OpenRequestAndUnitAsync();
        var page = await desk.OpenAsync("/#/request/" + number);
        await page.EvaluateAsync("() => localStorage.setItem('field.language', 'es')");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Buscar iguales" }).PressAsync("Enter");
        await page.Locator("input[placeholder^='SR-']").FillAsync(number);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("aside.card")).ToContainTextAsync("Un reporte no se repite a sí mismo", new() { Timeout = 120_000 });
        await page.Context.CloseAsync();
    }

    [GeneratedRegex("'([a-z]+)'")]
    private static partial Regex ViewName();

    private async Task<IPage> InAsync(string language)
    {
        var page = await desk.OpenAsync("/#/requests");
        await page.EvaluateAsync("(language) => localStorage.setItem('field.language', language)", language);
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(page.Locator("#list")).ToBeVisibleAsync();
        return page;
    }

    private static async Task<List<string>> MisfitsAsync(IPage page)
    {
        var misfits = new List<string>();
        Assert.True(AllViews.Length > 15, $"only {AllViews.Length} views are known");
        foreach (var view in AllViews)
        {
            await page.ShowAsync(view);
            misfits.AddRange((await page.SidewaysAsync()).Select(m => $"{view}: {m}"));
        }

        return misfits;
    }

    private async Task<(string Number, string Unit)> OpenRequestAndUnitAsync()
    {
        var number = "";
        await Eventually.TrueAsync(
            async () => (number = await desk.Watching.EvaluateAsync<string>(
                "async () => (await (await fetch('/api/requests?status=open')).json()).items.find((r) => r.stage === 'received')?.number ?? ''")).Length > 0,
            "an open request: " + desk.Hub.Log,
            WhileSensing);
        await Eventually.TrueAsync(async () => (await desk.Watching.PositionsAsync()).Count > 0, "a unit on the map", WhileDriving);
        return (number, (await desk.Watching.PositionsAsync()).Keys.Order(StringComparer.Ordinal).First());
    }
}
