using ThreeOneOne.Field.Edge.Tests.Uplink;

namespace ThreeOneOne.Field.Bench;

/// <summary>The two lanes on a slow line with a backlog: what <c>SlowLineTests</c> does for a few seconds, at full length.</summary>
public sealed class LanesBench : IBench
{
    public string Name => "lanes";

    public string Purpose => "newest position and completions beside a backlog on a slow line (--records N --bits N --rtt MS --seconds S)";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var run = new LaneRun(
            context.Number("records", 100_000),
            context.Number("bits", 32_000),
            TimeSpan.FromMilliseconds(context.Number("rtt", 800)),
            TimeSpan.FromSeconds(context.Number("seconds", 45)));
        await context.Out.WriteLineAsync($"{run.Backlog:N0} records wait; {run.BitsPerSecond:N0} bit/s, {run.RoundTrip.TotalMilliseconds} ms round trip; TLS to mosquitto through a slow proxy");
        var figures = await run.RunAsync(Path.Combine(context.Scratch, "vehicle"), stop);
        await context.Out.WriteLineAsync($"positions      {figures.LiveArrived} of {figures.FixesGiven} arrived; age p50 {figures.LiveMsP50} ms, p99 {figures.LiveMsP99} ms");
        await context.Out.WriteLineAsync($"completions    {figures.Actions}; acknowledged after at most {figures.ActionAckMsMax:N0} ms");
        await context.Out.WriteLineAsync($"line           {figures.BytesPerSecond:N0} bytes/s up; {figures.AtHub:N0} records at the hub, {figures.Waiting:N0} wait, {figures.Duplicates} came twice");
        return
        [
            ("live_ms_p99", figures.LiveMsP99),
            ("live_arrived", Math.Round((double)figures.LiveArrived / figures.FixesGiven, 3)),
            ("action_ack_ms_max", Math.Round(figures.ActionAckMsMax)),
            ("resent_share", Math.Round(figures.ResentShare, 4)),
            ("line_bytes_per_s", figures.BytesPerSecond),
        ];
    }
}
