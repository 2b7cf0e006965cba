using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Telemetry;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Telemetry;

/// <summary>What <c>/healthz</c> and <c>/readyz</c> say while something that the hub needs is away.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_hub_with_store_and_broker_is_ready_and_one_without_its_broker_lives_and_is_not()
    {
        await using var hub = await StartAsync();
        await WaitsForAsync(hub);
        hub.Broker.Durable.IsConnected = false;
        await WaitsForAsync(hub, "broker");
        Assert.Equal(HttpStatusCode.OK, (await hub.Client.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
        hub.Broker.Durable.IsConnected = true;
        await WaitsForAsync(hub);
    }

    [Fact]
    public async Task Records_that_cannot_be_stored_are_said_until_they_are()
    {
        var projection = new Stuck();
        await using var hub = await StartAsync(projection);
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1)));
        await WaitsForAsync(hub, "ingest");
        projection.IsFree = true;
        await WaitsForAsync(hub);
        Assert.Equal(1, await hub.FigureAsync("records"));
    }

    [Fact]
    public async Task A_store_that_takes_no_write_is_said_to_all_who_ask_until_it_does()
    {
        await using var hub = await StartAsync();
        await WaitsForAsync(hub);
        using var held = new ManualResetEventSlim();
        var holder = hub.Database.WriteAsync(_ => { held.Wait(); }, WritePriority.Interactive, default);
        await WaitsForAsync(hub, "store");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ReadAsync(hub))), w => Assert.Contains("store", w));
        held.Set();
        await holder;
        await WaitsForAsync(hub);
    }

    private static Task<TestHub> StartAsync(IProjection? projection = null) => TestHub.StartAsync(
        change: s =>
        {
            s.AddSingleton(new TelemetryOptions { ReadyWithin = TimeSpan.FromMilliseconds(500) });
            s.AddSingleton<Readiness>();
            if (projection is not null) s.AddSingleton(projection);
        },
        map: ReadReadiness.Map);

    private static Task WaitsForAsync(TestHub hub, params string[] expected) =>
        Eventually.TrueAsync(async () => (await ReadAsync(hub)).SequenceEqual(expected), $"the hub waits for {(expected.Length == 0 ? "nothing" : string.Join(", ", expected))}");

    private static async Task<string[]> ReadAsync(TestHub hub)
    {
        using var anybody = new HttpClient { BaseAddress = hub.Client.BaseAddress };
        using var response = await anybody.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.True(response.Headers.CacheControl!.NoStore);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        if (response.StatusCode == HttpStatusCode.OK) return [];
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return [.. json.RootElement.GetProperty("waitsFor").EnumerateArray().Select(w => w.GetString()!)];
    }

    private sealed class Stuck : IProjection
    {
        public bool IsFree { get; set; }

        public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
        {
            if (!IsFree) throw new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13);
        }
    }
}
