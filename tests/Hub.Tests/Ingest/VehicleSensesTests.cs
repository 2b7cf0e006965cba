using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>What may be seen of a vehicle's sensors, and for what one says why.</summary>
public sealed class VehicleSensesTests
{
    private const string Observations = "/api/vehicles/unit-214/observations";

    [Fact]
    public async Task When_a_vehicle_sensed_is_told_only_with_a_reason_that_is_written_down()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch([.. Enumerable.Range(1, 12).Select(i => Sample.Lamp(i, peakLux: i))]));
        await hub.DrainedAsync();
        await Support.Eventually.TrueAsync(async () => await hub.FigureAsync("observations") == 12, "the observations are stored");

        var untimed = await hub.GetAsync(Observations + "?limit=50");
        Assert.False(untimed.GetProperty("timed").GetBoolean());
        Assert.Equal([12, 11, 10, 9, 8, 7, 6, 5], untimed.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("peakLux").GetInt32()));
        Assert.All(untimed.GetProperty("items").EnumerateArray(), i => Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (i.GetProperty("at").ValueKind, i.GetProperty("fixTime").ValueKind)));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", untimed.GetProperty("items")[0].GetProperty("day").GetString());
        Assert.Empty(await EntriesAsync(hub));

        var timed = await hub.GetAsync(Observations + "?limit=50&reason=lamp%20sensor%20looks%20wrong");
        Assert.Equal(12, timed.GetProperty("items").GetArrayLength());
        Assert.Equal(Sample.Time, timed.GetProperty("items")[0].GetProperty("at").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(["observations: lamp sensor looks wrong"], await EntriesAsync(hub));

        foreach (var bad in (string[])["?reason=", "?reason=%20", "?reason=" + new string('x', 201)])
            Assert.Equal(HttpStatusCode.BadRequest, (await hub.Client.FetchAsync(Observations + bad)).StatusCode);
        // Before the reason is judged.
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Client.FetchAsync("/api/vehicles/none/observations?reason=")).StatusCode);

        // Who may not read histories sees what was sensed, not when.
        var key = await hub.Database.WriteAsync(scope => CreateKey.Do(scope, Actor.Console, "wall", "read-only", null), WritePriority.Interactive, default);
        using var reader = new HttpClient { BaseAddress = hub.Client.BaseAddress };
        reader.DefaultRequestHeaders.Authorization = new("Bearer", key.Text);
        Assert.Equal(HttpStatusCode.OK, (await reader.FetchAsync(Observations)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.FetchAsync(Observations + "?reason=curious")).StatusCode);
        Assert.Single(await EntriesAsync(hub));
    }

    [Fact]
    public async Task Sensors_and_link_are_told_without_a_place_and_without_a_reason()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        var nothing = await hub.GetAsync("/api/vehicles/unit-214/health");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (nothing.GetProperty("record").ValueKind, nothing.GetProperty("live").ValueKind));

        var at = TimeProvider.System.GetUtcNow();
        WireRecord Health(long seq, string motion) => new()
        {
            Seq = seq, Stamp = Sample.Stamp(time: at.AddSeconds(-30)),
            Health = new VehicleHealth { CpuTemperatureC = 51.5, DiskFreeBytes = 9_000_000_000, Unsent = 3, Sources = new() { ["position"] = "ok", ["motion"] = motion, ["light"] = "missing: no such device" }, Road = "not assessed: sensor stuck", RoadAssessed = 600, RoadNotAssessed = new() { ["stuck"] = 45 }, ReceiverLag = new() { LagMs = 940, SigmaMs = 30, OfSpeedMs = 310, Brakings = 210, Pairs = 17 } },
        };
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Health(1, "ok"), Sample.Lamp(2), Health(3, "stale: no message for 12 s"), Sample.Lamp(4)));
        hub.Broker.ToLive(Sample.LiveTopic, Sample.Encode(Sample.Live(2_000) with { Hdop = 0.9, Lux = 14.5, ShockMps2 = 1.2 }));
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, Shift = ShiftState.On, UnsentFileBytes = 4_096, Unsent = 3 }));
        await hub.DrainedAsync();
        await Support.Eventually.TrueAsync(
            async () => await hub.GetAsync("/api/vehicles/unit-214/health") is var h && h.GetProperty("record").ValueKind == JsonValueKind.Object && h.GetProperty("live").ValueKind == JsonValueKind.Object,
            "the newest health and position are here");
        var health = await hub.GetAsync("/api/vehicles/unit-214/health");
        var record = health.GetProperty("record");
        Assert.Equal("stale: no message for 12 s", record.GetProperty("sources").GetProperty("motion").GetString());
        Assert.Equal(("not assessed: sensor stuck", 600, 45), (
            record.GetProperty("road").GetString(), record.GetProperty("roadAssessed").GetInt32(), record.GetProperty("roadNotAssessed").GetProperty("stuck").GetInt32()));
        var lag = record.GetProperty("receiverLag");
        Assert.Equal((940, 30, 310, 210, 17), (
            lag.GetProperty("lagMs").GetInt32(), lag.GetProperty("sigmaMs").GetInt32(), lag.GetProperty("ofSpeedMs").GetInt32(), lag.GetProperty("brakings").GetInt32(), lag.GetProperty("pairs").GetInt32()));
        Assert.Equal((51.5, 3), (record.GetProperty("cpuTemperatureC").GetDouble(), record.GetProperty("unsent").GetInt32()));
        Assert.InRange(record.GetProperty("lagSeconds").GetDouble(), 29, 600);
        Assert.Equal((0.9, 14.5, 1.2), (health.GetProperty("live").GetProperty("hdop").GetDouble(), health.GetProperty("live").GetProperty("lux").GetDouble(), health.GetProperty("live").GetProperty("shockMps2").GetDouble()));
        Assert.DoesNotContain("\"lat\"", health.ToString(), StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync(hub));

        await Support.Eventually.TrueAsync(async () => (await hub.GetAsync("/api/vehicles/unit-214")).GetProperty("unsentFileBytes").GetInt64() == 4_096, "the status is here");
        var vehicle = await hub.GetAsync("/api/vehicles/unit-214");
        // Answers tell times to the millisecond.
        Assert.True(vehicle.GetProperty("linkSince").GetDateTimeOffset() >= at.AddMilliseconds(-1));
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Client.FetchAsync("/api/vehicles/none/health")).StatusCode);
    }

    private static async Task<List<string>> EntriesAsync(TestHub hub) =>
        [.. (await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 100), default)).Where(e => e.Action == "vehicle.history").Select(e => e.Detail)];
}
