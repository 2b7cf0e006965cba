using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Coverage;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Telemetry;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Telemetry;

/// <summary>A time series store that is dead or slow is not noticed by ingest, and what is measured for it stays bounded.</summary>
public sealed class BesideIngestTests
{
    private const int Batches = 60;
    private const int InBatch = 20;

    [Fact]
    public async Task A_dead_store_costs_no_record_and_what_waits_for_it_is_bounded()
    {
        // Nobody listens there, and nobody will.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var hub = await StartAsync($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}");
        await Eventually.TrueAsync(() => hub.Services.GetRequiredService<TelemetryWriter>().State.FailingSince is not null, "the store is missed");
        await IngestAsync(hub);
        await SampledBeyondTheQueueAsync(hub);
        Assert.Equal(0, hub.Services.GetRequiredService<TelemetryWriter>().State.Delivered);
    }

    [Fact]
    public async Task A_store_that_never_answers_holds_up_one_call_and_no_record()
    {
        var calls = 0;
        using var never = new CancellationTokenSource();
        await using var store = await StoreAsync(async context =>
        {
            Interlocked.Increment(ref calls);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, never.Token);
            await Task.Delay(Timeout.Infinite, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using var hub = await StartAsync(store.Urls.First());
        await Eventually.TrueAsync(() => Volatile.Read(ref calls) == 1, "the store was called");
        await IngestAsync(hub);
        await SampledBeyondTheQueueAsync(hub);
        // The one call still hangs: everything else went on beside it.
        Assert.Equal((1, 0L), (Volatile.Read(ref calls), hub.Services.GetRequiredService<TelemetryWriter>().State.Delivered));
        await never.CancelAsync();
    }

    [Fact]
    public async Task A_store_that_is_slow_gets_everything_in_its_own_time()
    {
        using var slow = new SemaphoreSlim(0);
        var lines = 0;
        await using var store = await StoreAsync(async context =>
        {
            // Each call is answered when the test lets it.
            await slow.WaitAsync(context.RequestAborted);
            using var unpacked = new StreamReader(new System.IO.Compression.GZipStream(context.Request.Body, System.IO.Compression.CompressionMode.Decompress));
            Interlocked.Add(ref lines, (await unpacked.ReadToEndAsync(context.RequestAborted)).Count(c => c == '\n'));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await using var hub = await StartAsync(store.Urls.First(), batchPoints: 1, everyMs: 60_000);
        await IngestAsync(hub);
        var writer = hub.Services.GetRequiredService<TelemetryWriter>();
        Assert.Equal(0, writer.State.Delivered);
        slow.Release(1_000);
        await Eventually.TrueAsync(() => writer.State.Delivered >= 3, "fleet, requests and hub arrive");
        Assert.Equal((0L, 0), (hub.Services.GetRequiredService<TelemetryWaiting>().Fleet.Dropped, hub.Services.GetRequiredService<TelemetryWaiting>().Fleet.Count));
        Assert.Equal(writer.State.Delivered, Volatile.Read(ref lines));
    }

    [Fact]
    public async Task Vehicles_are_named_only_by_the_switch_that_names_for_how_many_days()
    {
        await using var influx = await InfluxServer.StartAsync();
        await influx.QueryAsync("CREATE DATABASE threeoneone");
        await using (var hub = await StartAsync(influx.Url, everyMs: 60_000))
        {
            await OnlineAsync(hub);
            await hub.Services.GetRequiredService<TelemetrySampler>().SampleAsync(default);
            Assert.Equal(0, hub.Services.GetRequiredService<TelemetryWaiting>().Vehicles.Count);
            await DeliveredAsync(hub);
            var telemetry = await hub.GetAsync("/api/telemetry");
            Assert.Equal((false, false), (telemetry.GetProperty("namesVehicles").GetBoolean(), telemetry.TryGetProperty("vehicleDays", out var days) && days.ValueKind == System.Text.Json.JsonValueKind.Number));
        }

        Assert.DoesNotContain(Sample.Vehicle, await influx.QueryAsync("SHOW SERIES"), StringComparison.Ordinal);
        Assert.DoesNotContain(Sample.Duty.Crew, await influx.QueryAsync("SHOW SERIES"), StringComparison.Ordinal);
        Assert.DoesNotContain("lat", await influx.QueryAsync("SHOW FIELD KEYS"), StringComparison.Ordinal);

        await influx.QueryAsync("CREATE RETENTION POLICY days30 ON threeoneone DURATION 30d REPLICATION 1");
        await using (var hub = await StartAsync(influx.Url, everyMs: 60_000, change: o => (o.VehicleBucket, o.VehicleDays) = ("days30", 30)))
        {
            await OnlineAsync(hub);
            await hub.Services.GetRequiredService<TelemetrySampler>().SampleAsync(default);
            await DeliveredAsync(hub);
            var telemetry = await hub.GetAsync("/api/telemetry");
            Assert.Equal((true, 30), (telemetry.GetProperty("namesVehicles").GetBoolean(), telemetry.GetProperty("vehicleDays").GetInt32()));
        }

        // Nowhere but where it is deleted in time.
        Assert.Contains(Sample.Vehicle, await influx.QueryAsync("SELECT vehicle, unsent, online FROM days30.vehicle"), StringComparison.Ordinal);
        Assert.DoesNotContain(Sample.Vehicle, await influx.QueryAsync("SELECT * FROM autogen.vehicle"), StringComparison.Ordinal);
        Assert.DoesNotContain(Sample.Duty.Crew, await influx.QueryAsync("SHOW SERIES"), StringComparison.Ordinal);
        Assert.Equal("VehicleDays", Assert.Single(Assert.Single(new TelemetryOptions { Url = influx.Url, VehicleBucket = "days30" }.Validate(new(new object()))).MemberNames));
    }

    private static async Task<TestHub> StartAsync(string url, int batchPoints = 2_000, int everyMs = 1, Action<TelemetryOptions>? change = null)
    {
        var options = new TelemetryOptions
        {
            Url = url, Api = TimeSeriesApi.V1, SampleEvery = TimeSpan.FromMilliseconds(everyMs), SendEvery = TimeSpan.FromMilliseconds(10), QueuePoints = 30, BatchPoints = batchPoints,
            FirstBackOff = TimeSpan.FromMilliseconds(10), LongestBackOff = TimeSpan.FromMilliseconds(50), Timeout = TimeSpan.FromMinutes(10),
        };
        change?.Invoke(options);
        return await TestHub.StartAsync(
            change: s =>
            {
                s.AddSingleton(new StreetMap([], [], new StreetsOptions()));
                s.AddSingleton(new DistrictMap([], 0));
                s.AddCoverage(new CoverageOptions());
                s.AddTelemetry(options);
            },
            map: ReadTelemetry.Map);
    }

    private static async Task<WebApplication> StoreAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.UseKestrelCore(builder.WebHost);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    /// <summary>Every record is stored and acknowledged to its vehicle.</summary>
    private static async Task IngestAsync(TestHub hub)
    {
        await hub.RegisterAsync();
        for (var b = 0; b < Batches; b++) hub.Broker.Up(Sample.UpTopic, Sample.Batch([.. Enumerable.Range(b * InBatch + 1, InBatch).Select(n => Sample.Lamp(n))]));
        await hub.DrainedAsync();
        await Eventually.TrueAsync(() => hub.Broker.Acks.Sum(a => a.Ranges.Sum(r => r[1] - r[0] + 1)) == Batches * InBatch, "every record is acknowledged");
        Assert.Equal(Batches * InBatch, await hub.FigureAsync("records"));
    }

    private static async Task SampledBeyondTheQueueAsync(TestHub hub)
    {
        var fleet = hub.Services.GetRequiredService<TelemetryWaiting>().Fleet;
        await Eventually.TrueAsync(() => fleet.Dropped > 0, "more was measured than may wait");
        Assert.Equal(30, fleet.Count);
    }

    private static async Task OnlineAsync(TestHub hub)
    {
        await hub.RegisterAsync();
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, Epoch = Sample.Epoch, Unsent = 7, Crew = Sample.Duty.Crew }));
        await Eventually.TrueAsync(() => hub.Services.GetRequiredService<Hub.Vehicles.VehicleStatuses>().Find(Sample.Vehicle).Online, "the vehicle is online");
    }

    private static Task DeliveredAsync(TestHub hub)
    {
        var waiting = hub.Services.GetRequiredService<TelemetryWaiting>();
        return Eventually.TrueAsync(() => waiting.Fleet.Count + waiting.Vehicles.Count == 0, "everything is delivered");
    }
}
