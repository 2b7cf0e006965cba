using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Coverage;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Telemetry;
using ThreeOneOne.Field.Hub.Tests.Coverage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Telemetry;

/// <summary>Points reach real stores, and wait where the store is gone.</summary>
public sealed class DeliveryTests
{
    private readonly Sample sample = new();

    [Fact]
    public async Task Street_hours_reach_InfluxDB_once_and_a_later_observation_takes_their_place()
    {
        await using var influx = await InfluxServer.StartAsync();
        await influx.QueryAsync("CREATE DATABASE threeoneone");
        await using var hub = StreetsHub.Start(s => AddSending(s, new TelemetryOptions { Url = influx.Url, Api = TimeSeriesApi.V1 }));
        await hub.ApplyAsync(Drive("v1", 0), Drive("v2", 1));
        Assert.Null(await hub.Get<TelemetryWriter>().DeliverAsync(default));
        Assert.Contains($"[{Ms},2,0.8,\"Street s1\",\"south\"]", await influx.QueryAsync("SELECT road_passes, rms_mps2, street, district FROM street"), StringComparison.Ordinal);
        Assert.Equal(1, hub.Get<TelemetryWriter>().State.Delivered);

        Assert.Null(await hub.Get<TelemetryWriter>().DeliverAsync(default));
        Assert.Equal(1, hub.Get<TelemetryWriter>().State.Delivered);
        await hub.ApplyAsync(Drive("v3", 2));
        Assert.Null(await hub.Get<TelemetryWriter>().DeliverAsync(default));
        Assert.Contains($"\"values\":[[{Ms},3]]", await influx.QueryAsync("SELECT road_passes FROM street"), StringComparison.Ordinal);
        Assert.DoesNotContain("v3", await influx.QueryAsync("SHOW SERIES"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Street_hours_reach_VictoriaMetrics()
    {
        await using var victoria = await VictoriaServer.StartAsync();
        await using var hub = StreetsHub.Start(s => AddSending(s, new TelemetryOptions { Url = victoria.Url, Api = TimeSeriesApi.V2, Organisation = "city" }));
        await hub.ApplyAsync(Drive("v1", 0), sample.Shock("v1", 1, StreetsHub.On(StreetsHub.First, 40)));
        Assert.Null(await hub.Get<TelemetryWriter>().DeliverAsync(default));
        await victoria.FlushAsync();
        var answer = await victoria.QueryAsync("sum by (segment, district) (street_potholes)", Sample.Start.AddMinutes(1));
        Assert.Contains("\"district\":\"south\",\"segment\":\"s1\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"1\"]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_store_that_is_gone_did_not_take_waits_for_it_over_a_restart_of_the_hub()
    {
        await using var influx = await InfluxServer.StartAsync();
        await influx.QueryAsync("CREATE DATABASE threeoneone");
        await influx.KillAsync();
        await using var hub = StreetsHub.Start(s => AddSending(s, new TelemetryOptions { Url = influx.Url, Api = TimeSeriesApi.V1, BatchPoints = 1 }));
        await hub.ApplyAsync(Drive("v1", 0), Drive("v1", 61), Drive("v1", 121));
        hub.Get<TelemetryWaiting>().Fleet.Add(new Point("fleet", Sample.Start, [], [("units", 3)]));
        var failed = await hub.Get<TelemetryWriter>().DeliverAsync(default);
        Assert.Equal(Delivery.Fate.Failed, failed!.Outcome);
        Assert.NotNull(hub.Get<TelemetryWriter>().State.FailingSince);
        Assert.Equal(1, hub.Get<TelemetryWaiting>().Fleet.Count);

        await influx.StartAgainAsync();
        Assert.Null(await hub.Get<TelemetryWriter>().DeliverAsync(default));
        Assert.Equal(4, hub.Get<TelemetryWriter>().State.Delivered);
        Assert.Null(hub.Get<TelemetryWriter>().State.FailingSince);
        Assert.Contains("[0,3]", await influx.QueryAsync("SELECT COUNT(road_passes) FROM street"), StringComparison.Ordinal);
        Assert.Empty(await hub.Database.ReadAsync(c => CoverageStore.Unsent(c, 10), default));
    }

    [Fact]
    public async Task A_missing_database_keeps_the_points_and_one_that_is_refused_takes_no_other_with_it()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var hub = StreetsHub.Start(s => AddSending(s, new TelemetryOptions { Url = influx.Url, Api = TimeSeriesApi.V1 }));
        var fleet = hub.Get<TelemetryWaiting>().Fleet;
        for (var i = 0; i < 5; i++) fleet.Add(new Point("fleet", Sample.Start.AddSeconds(i), [], [("units", i)]));
        // InfluxDB refuses a point older than its retention.
        fleet.Add(new Point("fleet", Sample.Start.AddYears(-20), [], [("units", 99)]));
        Assert.Contains("database not found", (await hub.Get<TelemetryWriter>().DeliverAsync(default))!.Cause, StringComparison.Ordinal);
        Assert.Equal(6, fleet.Count);

        await influx.QueryAsync("CREATE DATABASE threeoneone WITH DURATION 3650d");
        Assert.Null(await hub.Get<TelemetryWriter>().DeliverAsync(default));
        var state = hub.Get<TelemetryWriter>().State;
        Assert.Equal((0, 1), (fleet.Count, state.Refused));
        Assert.Contains("beyond retention", state.RefusedBecause, StringComparison.Ordinal);
        Assert.Contains("[0,5]", await influx.QueryAsync("SELECT COUNT(units) FROM fleet"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_queue_lets_the_oldest_go_and_counts_them()
    {
        var queue = new SamplesWaiting(new TelemetryOptions { QueuePoints = 3 });
        for (var i = 0; i < 3; i++) queue.Add(new Point("m", Sample.Start, [], [("n", i)]));
        var (from, points) = queue.Peek(2);
        queue.Add(new Point("m", Sample.Start, [], [("n", 3)]));
        Assert.Equal((1, 3), (queue.Dropped, queue.Count));
        // The first of the two went by itself meanwhile.
        queue.Remove(from, points.Count);
        Assert.Equal([2.0, 3.0], queue.Peek(9).Points.Select(p => p.Fields[0].Value!.Value));
    }

    private static long Ms => Sample.Start.ToUnixTimeMilliseconds();

    private static void AddSending(IServiceCollection services, TelemetryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TelemetryWaiting>();
        services.AddSingleton<TimeSeriesClient>();
        services.AddSingleton<StreetPoints>();
        services.AddSingleton<TelemetryWriter>();
        services.AddSingleton<Microsoft.Extensions.Logging.ILogger<TelemetryWriter>>(NullLogger<TelemetryWriter>.Instance);
    }

    private StoredRecord Drive(string vehicle, double minute) =>
        sample.Stretch(vehicle, minute, StreetsHub.On(StreetsHub.First, 20), StreetsHub.On(StreetsHub.First, 120));
}
