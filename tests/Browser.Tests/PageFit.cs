using System.Text.Json;
using Microsoft.Playwright;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>Whether a page fits: enlarged four times (320 CSS pixels wide), with other spacing of text, with its focus in sight.</summary>
public static class PageFit
{
    /// <summary>What sticks out at the right, or scrolls sideways though it is no table.</summary>
    private const string Sideways = """
        () => {
          const found = [];
          const name = (e) => `${e.tagName.toLowerCase()}.${e.className} "${(e.innerText ?? '').slice(0, 30)}"`;
          if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
          for (const e of document.querySelectorAll('body *')) {
            if (e.closest('.unseen, .skip, option, svg, .table-box *')) continue;
            const box = e.getBoundingClientRect();
            if (box.width === 0 || box.height === 0 || getComputedStyle(e).visibility === 'hidden') continue;
            if (box.right > innerWidth + 1) found.push(`${name(e)} ends at ${Math.round(box.right)}`);
            if (!e.matches('.table-box') && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1) found.push(`${name(e)} scrolls sideways`);
          }
          return JSON.stringify(found.slice(0, 5));
        }
        """;

    /// <summary>WCAG 1.4.12: what a reader may ask of lines, letters and words.</summary>
    private const string Space = """
        () => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }');
          document.adoptedStyleSheets = [sheet];
        }
        """;

    private const string FocusSeen = """
        () => {
          const lit = (e) => { const s = getComputedStyle(e); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'; };
          const at = document.activeElement;
          if (at === document.body) return '';
          for (let e = at, i = 0; e && i < 4; e = e.parentElement, i++) if (lit(e)) return '';
          return `${at.tagName} ${at.className} ${at.getAttribute('aria-label') ?? at.innerText}`;
        }
        """;

    /// <summary>Opens a view of the page that is shown, and waits until it is drawn.</summary>
    public static async Task ShowAsync(this IPage page, string view)
    {
        await page.EvaluateAsync("(view) => { location.hash = '#/' + view; }", view);
        await page.WaitForFunctionAsync(
            "(view) => location.hash.startsWith('#/' + view) && (document.querySelector('#list :is(h2, [role=tablist], [role=listbox])')?.getClientRects().length ?? 0) > 0", view);
        await page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    public static async Task<IReadOnlyList<string>> SidewaysAsync(this IPage page) =>
        JsonSerializer.Deserialize<List<string>>(await page.EvaluateAsync<string>(Sideways)) ?? [];

    public static async Task SpaceTextAsync(this IPage page) => await page.EvaluateAsync(Space);

    /// <summary>What has the focus without showing it; empty: it does, or nothing has.</summary>
    public static async Task<string> UnseenFocusAsync(this IPage page) => await page.EvaluateAsync<string>(FocusSeen);
}
