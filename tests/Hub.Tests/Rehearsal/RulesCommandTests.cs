using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;
using IngestSample = ThreeOneOne.Field.Hub.Tests.Ingest.Sample;

namespace ThreeOneOne.Field.Hub.Tests.Rehearsal;

/// <summary><c>field-hub rules rehearse</c> as the program that people start, beside a hub that serves.</summary>
public sealed class RulesCommandTests : IAsyncLifetime
{
    private static readonly string Program = typeof(HubApplication).Assembly.Location;
    private static readonly GeoPoint Origin = new(42.37, -71.10);
    private static readonly DateTimeOffset Began = TimeProvider.System.GetUtcNow().AddHours(-8);

    private readonly Dictionary<string, long> sequences = [];
    private readonly List<LinkMessage> messages = [];
    private TestHub hub = null!;

    public async Task InitializeAsync()
    {
        hub = await TestHub.StartAsync();
        foreach (var vehicle in Vehicles) await hub.RegisterAsync(vehicle);
        await hub.Database.WriteAsync(scope =>
        {
            for (var i = 0; i < 4; i++) AssetStore.Upsert(scope, new StreetLight($"p{i}", Pole(i), "City", null, null, 1, null));
        }, WritePriority.Interactive, default);
        // They burned, before.
        for (var pole = 0; pole < 3; pole++)
        {
            foreach (var vehicle in Vehicles[..2]) Lamp(vehicle, 10 * pole - 60, pole, LampVerdict.Lit);
        }

        // p0 by three vehicles, p1 by two, p2 by two and then lit; a hole by two vehicles.
        foreach (var vehicle in Vehicles) Lamp(vehicle, 10, 0, LampVerdict.Dark);
        foreach (var vehicle in Vehicles[..2]) Lamp(vehicle, 20, 1, LampVerdict.Dark);
        foreach (var vehicle in Vehicles[..2]) Lamp(vehicle, 30, 2, LampVerdict.Dark);
        foreach (var vehicle in Vehicles[..2]) Add(vehicle, 40, r => r with { Shock = new ShockObservation { At = Origin, Kind = ShockKind.Pothole, Confidence = 0.8, PeakMps2 = 8 } });
        await ArriveAsync();
        foreach (var vehicle in Vehicles[..2]) Lamp(vehicle, 60, 2, LampVerdict.Lit);
        await ArriveAsync();
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Stricter_rules_open_less_and_say_the_same_bytes_every_time()
    {
        var first = await RunAsync("--since", "2d", "--Sites:Passes=3", "--Sites:DecisiveAt=9");
        Assert.Equal(0, first.Code);
        Assert.StartsWith("17 observations of 3 vehicles and 0 findings of crews", first.Output, StringComparison.Ordinal);
        Assert.Contains("  Sites:Passes: 2 -> 3\n", first.Output, StringComparison.Ordinal);
        Assert.Contains("not opened  street-light-out p1 ", first.Output, StringComparison.Ordinal);
        Assert.Contains("not opened  street-light-out p2 ", first.Output, StringComparison.Ordinal);
        Assert.Contains("not opened  pothole ", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("street-light-out p0", first.Output, StringComparison.Ordinal);
        var again = await RunAsync("--since", "2d", "--Sites:Passes=3", "--Sites:DecisiveAt=9");
        Assert.Equal(first.Output, again.Output);
    }

    [Fact]
    public async Task Today_s_rules_differ_in_nothing_from_themselves()
    {
        var (code, output, _) = await RunAsync();
        Assert.Equal(0, code);
        Assert.Contains("no rule is changed", output, StringComparison.Ordinal);
        var all = Assert.Single(output.Split('\n'), l => l.StartsWith("all ", StringComparison.Ordinal));
        Assert.Equal(["all", "4", "4", "0", "0", "0", "0", "0"], all.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Slower_withdrawal_keeps_what_today_s_rules_withdraw()
    {
        var (code, output, _) = await RunAsync("--Sites:WithdrawBelow=-4");
        Assert.Equal(0, code);
        Assert.Contains("kept        street-light-out p2 ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_crew_repaired_is_closed_in_the_replay_too()
    {
        var repairedMs = Began.AddMinutes(50).ToUnixTimeMilliseconds();
        var receivedMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await hub.Database.WriteAsync(
            scope => ObservationStore.SaveMark(scope, new SiteMark("wo-1", SiteKind.Lamp, true, repairedMs, receivedMs, false, Pole(0), "p0")), WritePriority.Interactive, default);
        var (code, output, _) = await RunAsync("--until", TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("O"), "--Sites:Passes=3", "--Sites:DecisiveAt=9");
        Assert.Equal(0, code);
        Assert.Contains("and 1 findings of crews", output, StringComparison.Ordinal);
        Assert.DoesNotContain("withdrawn   street-light-out p0", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--since", "soon")]
    [InlineData("--since", "0d")]
    [InlineData("--until", "never")]
    [InlineData("--since")]
    public async Task What_it_cannot_read_it_answers_with_its_usage(params string[] words)
    {
        var (code, _, error) = await RunAsync(words);
        Assert.Equal(2, code);
        Assert.StartsWith("field-hub rules rehearse", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_does_not_exist_is_named()
    {
        var (code, _, error) = await RunAsync("--Sites:Patience=3");
        Assert.Equal(2, code);
        Assert.Contains("Sites:Patience", error, StringComparison.Ordinal);
    }

    private async Task ArriveAsync()
    {
        await hub.Services.GetRequiredService<IngestPipeline>().IngestAsync(messages, default);
        messages.Clear();
        // What is received in one millisecond is one batch to the rehearsal: the next must not be in this one.
        var arrived = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync(() => TimeProvider.System.GetUtcNow() > arrived.AddMilliseconds(1), "the next millisecond");
    }

    private static string[] Vehicles => ["unit-1", "unit-2", "unit-3"];

    private static GeoPoint Pole(int i) => Origin.MovedByM(i * 40, 60);

    private void Lamp(string vehicle, double minute, int pole, LampVerdict verdict) =>
        Add(vehicle, minute, r => r with { Lamp = new LampObservation { Pole = $"p{pole}", At = Pole(pole), Verdict = verdict, Confidence = 0.8, PeakLux = 2 } });

    private void Add(string vehicle, double minute, Func<WireRecord, WireRecord> content)
    {
        var seq = sequences[vehicle] = sequences.GetValueOrDefault(vehicle) + 1;
        var at = Began.AddMinutes(minute + vehicle[^1] - '0');
        var record = content(new WireRecord { Seq = seq, Duty = IngestSample.Duty, Stamp = IngestSample.Stamp(seq * 1000, at) });
        messages.Add(new LinkMessage(new Topic("cambridge-ma", vehicle, Lane.Up).ToString(), IngestSample.Batch(vehicle, IngestSample.Epoch, [IngestSample.Json(record)]), false));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "rules", "rehearse", .. TestStorage.Arguments(hub.Folder), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, error);
    }
}
