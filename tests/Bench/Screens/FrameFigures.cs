using System.Text.Json;
using Microsoft.Playwright;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>How smoothly a page runs while nobody touches it.</summary>
/// <param name="PerSecond">Frames that its program was asked for, a second.</param>
/// <param name="P95Ms">Between two frames.</param>
/// <param name="LongestMs">Between two frames.</param>
/// <param name="CpuMs">Processor time of all of the browser for a frame: what load on the machine changes least.</param>
/// <param name="MapDraws">Calls that draw something of the base map meanwhile: an idle map needs none.</param>
internal sealed record FrameFigures(double PerSecond, double P95Ms, double LongestMs, double CpuMs, long MapDraws)
{
    /// <summary>Counts what is drawn by WebGL in <c>window.mapDraws</c>; it must run before the page.</summary>
    public const string CountDraws = """
        window.mapDraws = 0;
        for (const name of ['drawElements', 'drawArrays', 'clear']) {
          const draw = WebGL2RenderingContext.prototype[name];
          WebGL2RenderingContext.prototype[name] = function (...given) { window.mapDraws++; return draw.apply(this, given); };
        }
        """;

    private const string Count = """
        (seconds) => new Promise((done) => {
          const [draws, gaps] = [window.mapDraws, []];
          let last = 0, first = 0;
          const frame = (at) => {
            if (last) gaps.push(at - last); else first = at;
            last = at;
            if (at - first < seconds * 1000) return requestAnimationFrame(frame);
            gaps.sort((a, b) => a - b);
            done(JSON.stringify({ frames: gaps.length, perSecond: gaps.length * 1000 / (last - first), p95: gaps[Math.floor(gaps.length * 0.95)], longest: gaps.at(-1), draws: window.mapDraws - draws }));
          };
          requestAnimationFrame(frame);
        })
        """;

    public static async Task<FrameFigures> MeasureAsync(Desk desk, IPage page, int seconds)
    {
        var before = await desk.CpuSecondsAsync().ConfigureAwait(false);
        using var said = JsonDocument.Parse(await page.EvaluateAsync<string>(Count, seconds).ConfigureAwait(false));
        var cpu = await desk.CpuSecondsAsync().ConfigureAwait(false) - before;
        var number = (string name) => said.RootElement.GetProperty(name).GetDouble();
        return new FrameFigures(number("perSecond"), number("p95"), number("longest"), cpu * 1000 / number("frames"), (long)number("draws"));
    }

    public override string ToString() => $"{PerSecond:F1} frames/s, between two p95 {P95Ms:F0} ms, longest {LongestMs:F0} ms, {CpuMs:F1} ms of processor a frame, {MapDraws} draws of the base map";
}
