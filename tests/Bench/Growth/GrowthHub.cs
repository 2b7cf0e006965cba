using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Bench.Growth;

/// <summary>The hub as composed for a city, its ingest and reactions at work, without broker and pages.</summary>
internal sealed class GrowthHub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ReactionRunner reactions;

    private GrowthHub(WebApplication app, ReactionRunner reactions) => (this.app, this.reactions) = (app, reactions);

    private Database Database => app.Services.GetRequiredService<Database>();

    public static async Task<GrowthHub> StartAsync(string folder, GrowthCity city, CancellationToken stop)
    {
        var app = HubApplication.Build(new HubSettings { Storage = new StorageOptions { Folder = folder }, Sites = new SitesOptions { LampBurnedPasses = 0 } }, services => services.RemoveAll<ILoggerProvider>());
        app.Services.GetRequiredService<PoleIndex>().Replace(city.Poles);
        var registry = app.Services.GetRequiredService<VehicleRegistry>();
        await registry.StartAsync(stop).ConfigureAwait(false);
        await app.Services.GetRequiredService<Database>().WriteAsync(scope =>
        {
            var store = app.Services.GetRequiredService<VehicleStore>();
            foreach (var id in city.Vehicles) store.Add(scope, new Vehicle(id, "cambridge-ma", id, VehicleKind.Crewed, DateTimeOffset.UnixEpoch));
        }, WritePriority.Interactive, stop).ConfigureAwait(false);
        await registry.StartAsync(stop).ConfigureAwait(false);
        var reactions = app.Services.GetServices<IHostedService>().OfType<ReactionRunner>().Single();
        await reactions.StartAsync(stop).ConfigureAwait(false);
        return new GrowthHub(app, reactions);
    }

    public Task IngestAsync(IReadOnlyList<LinkMessage> messages) => app.Services.GetRequiredService<IngestPipeline>().IngestAsync(messages, CancellationToken.None);

    /// <summary>Waits until no event is pending.</summary>
    public async Task SettleAsync(CancellationToken stop)
    {
        while (await Database.ReadAsync(c => c.QuerySingle<long>("SELECT EXISTS (SELECT 1 FROM event_pending)"), stop).ConfigureAwait(false) != 0)
            await Task.Delay(20, stop).ConfigureAwait(false);
    }

    public async Task<(long Sites, long Requests, long Readings)> CountAsync(CancellationToken stop) =>
        await Database.ReadAsync(c => (
            c.QuerySingle<long>("SELECT COUNT(*) FROM sites WHERE supported=1"), c.QuerySingle<long>("SELECT COUNT(*) FROM requests WHERE status='open'"),
            app.Services.GetRequiredService<IngestStore>().Counts(c).GetValueOrDefault(IngestCounts.Readings)), stop).ConfigureAwait(false);

    /// <summary>What a dispatcher looks up: a page of requests, and the evidence and history of one of them.</summary>
    public Task<int> LookUpAsync(CancellationToken stop) => Database.ReadAsync(c =>
    {
        var (items, _) = TicketReading.Page(c, new RequestFilter("open", null, null, 100, null));
        var one = items[items.Count / 2];
        var evidence = SiteEvidence.Read(c, TicketStore.Sites(c, null, one.Number), 200, app.Services.GetRequiredService<RoadStructureIndex>(), app.Services.GetRequiredService<SitesOptions>());
        return evidence.Count + TicketReading.History(c, one.Number).Count;
    }, stop);

    public async ValueTask DisposeAsync()
    {
        await reactions.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }
}
