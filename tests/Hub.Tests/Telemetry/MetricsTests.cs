using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Telemetry;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task Prometheus_reads_what_the_hub_says_of_itself()
    {
        await using var hub = await RealHub.StartAsync();
        _ = hub.Services.GetRequiredService<MetricsReader>();
        using (var people = await hub.WithKeyAsync("read-only"))
        {
            Assert.Equal(HttpStatusCode.OK, (await people.FetchAsync("/api/vehicles")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await people.FetchAsync("/metrics")).StatusCode);
        }

        using var scraper = await hub.WithKeyAsync("monitoring");
        Assert.Equal(HttpStatusCode.Forbidden, (await scraper.FetchAsync("/api/vehicles")).StatusCode);
        var response = await scraper.FetchAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/api/vehicles\"", text, StringComparison.Ordinal);
        Assert.Contains("\nfield_vehicles 0\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE field_telemetry_points_total counter\n", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total{", text, StringComparison.Ordinal);
        await PromtoolAsync(text);
    }

    [Fact]
    public void A_histogram_counts_up_to_each_bound_and_a_gauge_says_the_last()
    {
        using var meter = new Meter("test");
        var histogram = new MetricSeries(meter.CreateHistogram<double>("work.duration", "s", "How \"long\"\nit took"), [0.1, 1]);
        foreach (var seconds in (double[])[0.05, 0.1, 0.5, 7]) histogram.Record(seconds, [new("kind", "a\"b\\c\nd")]);
        var counter = new MetricSeries(meter.CreateCounter<long>("9lives"), null);
        counter.Record(2, []);
        counter.Record(3, []);
        Assert.Equal(
            """
            # TYPE _9lives_total counter
            _9lives_total 5
            # HELP work_duration_seconds How "long"\nit took
            # TYPE work_duration_seconds histogram
            work_duration_seconds_bucket{kind="a\"b\\c\nd",le="0.1"} 2
            work_duration_seconds_bucket{kind="a\"b\\c\nd",le="1"} 3
            work_duration_seconds_bucket{kind="a\"b\\c\nd",le="+Inf"} 4
            work_duration_seconds_sum{kind="a\"b\\c\nd"} 7.65
            work_duration_seconds_count{kind="a\"b\\c\nd"} 4

            """.ReplaceLineEndings("\n"), PrometheusText.Write([histogram, counter]));
    }

    [Fact]
    public void Tags_that_come_from_outside_fill_no_memory()
    {
        using var meter = new Meter("test");
        var counter = new MetricSeries(meter.CreateCounter<long>("calls"), null);
        for (var i = 0; i < 5_000; i++) counter.Record(1, [new("path", i)]);
        Assert.Equal(1_001, counter.Read().Count);
        Assert.Equal(5_000, counter.Read().Sum(c => c.Value));
    }

    [Fact]
    public async Task A_collector_gets_metrics_and_traces_that_name_no_request_and_no_caller()
    {
        var got = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var collector = builder.Build();
        collector.Urls.Add(url);
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            got.AddOrUpdate(signal, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
            return Results.Ok();
        });
        await collector.StartAsync();
        await using var hub = await RealHub.StartAsync(settings: all =>
        {
            all.Telemetry.OtlpUrl = url;
            all.Telemetry.TraceShare = 1;
            all.Telemetry.MetricsEvery = TimeSpan.FromMilliseconds(200);
        });
        using var export = ActivatorUtilities.CreateInstance<CollectorExport>(hub.Services);
        await export.StartAsync(default);
        using var client = await hub.WithKeyAsync("read-only");
        Assert.Equal(HttpStatusCode.NotFound, (await client.FetchAsync("/api/requests/SR-26-424242?secret=zebra")).StatusCode);
        await Eventually.TrueAsync(() => got.GetValueOrDefault("metrics", "").Contains("field.vehicles.online", StringComparison.Ordinal), "the collector has metrics");
        await Eventually.TrueAsync(
            () => got.GetValueOrDefault("traces", "").Contains("/api/requests/{number}", StringComparison.Ordinal),
            "the collector has traces");
        Assert.DoesNotContain("SR-26-424242", got["traces"], StringComparison.Ordinal);
        Assert.DoesNotContain("zebra", got["traces"], StringComparison.Ordinal);
        Assert.Contains("field-hub", got["metrics"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prometheus_takes_the_alert_rules()
    {
        var (code, said) = await CheckRulesAsync(Path.Combine(Support.Repository.Root, "dashboards", "grafana", "rules", "field.yml"));
        Assert.True(code == 0, said);

        // What it does not take ends otherwise.
        var broken = Path.GetTempFileName();
        await File.WriteAllTextAsync(broken, "groups: [{ name: x, rules: [{ alert: A, expr: 'rate(field_hub' }] }]");
        Assert.NotEqual(0, (await CheckRulesAsync(broken)).Code);
        File.Delete(broken);
    }

    private static async Task<(int Code, string Said)> CheckRulesAsync(string file)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "rules", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = promtool.StandardOutput.ReadToEndAsync();
        var errors = await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        return (promtool.ExitCode, errors + await output);
    }

    private static async Task PromtoolAsync(string text)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var said = await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        // Names that others gave their metrics are not ours to lint; what cannot be read is.
        Assert.DoesNotContain("error while linting", said, StringComparison.Ordinal);
        Assert.DoesNotContain("field_", said, StringComparison.Ordinal);
        Assert.True(promtool.ExitCode is 0 or 3, $"promtool ended with {promtool.ExitCode}: {said}");
    }
}
