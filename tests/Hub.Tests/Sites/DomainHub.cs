using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Sites;

/// <summary>The hub's domain over a real database file, without network: projections are fed, reactions run on demand.</summary>
internal sealed class DomainHub : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string folder = Directory.CreateTempSubdirectory("field-domain-").FullName;

    public DomainHub(Action<IServiceCollection>? more = null, SitesOptions? sites = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddStorage(TestStorage.Options(folder));
        collection.AddSingleton<PoleIndex>();
        collection.AddSingleton<RoadStructureIndex>();
        collection.AddClockRepairs(new IngestOptions());
        // What is tested with dark lights is mostly something else: every pole of the tests lights the street.
        collection.AddSites(sites ?? new SitesOptions { LampBurnedPasses = 0 });
        collection.AddStreetLights(new StreetLightsOptions());
        collection.AddSingleton(new StreetMap([], [], new StreetsOptions()));
        more?.Invoke(collection);
        services = collection.BuildServiceProvider();
        Database = services.GetRequiredService<Database>();
    }

    public SteppedTime Time { get; } = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public PoleIndex Poles => Get<PoleIndex>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Applies records as one batch, as ingest does.</summary>
    public Task ApplyAsync(params StoredRecord[] records) =>
        Database.WriteAsync(scope =>
        {
            foreach (var projection in services.GetServices<IProjection>()) projection.Apply(scope, records);
        }, WritePriority.Interactive, default);

    /// <summary>Runs reactions until none is pending.</summary>
    public async Task ReactAsync()
    {
        using var runner = new ReactionRunner(
            Database, Get<ReactionCatalogue>(), services.GetServices<IReaction>(), new DiskRoom(Time, NullLogger<DiskRoom>.Instance), Time, NullLogger<ReactionRunner>.Instance);
        var reactions = services.GetServices<IReaction>().ToList();
        bool worked;
        do
        {
            worked = false;
            foreach (var reaction in reactions) worked |= await runner.RunDueAsync(reaction, default);
        }
        while (worked);
        var stuck = await Database.ReadAsync(c => Dapper.SqlMapper.Query<string>(c, "SELECT reaction || ': ' || error FROM event_pending").ToList(), default);
        Assert.Empty(stuck);
    }

    /// <summary>Every site to the last bit, with what it rests on: all that must not depend on arrival.</summary>
    public Task<List<string>> SitesAsync() =>
        Database.ReadAsync(
            c => c.Query<string>("SELECT id FROM sites ORDER BY id").AsList().ConvertAll(id =>
            {
                var site = SiteStore.Find(c, id)!;
                var evidence = SiteEvidence.Read(c, [id], int.MaxValue, Get<RoadStructureIndex>(), Get<SitesOptions>()).Select(e => $"{e.Key}:{e.Counted}:{e.Weight:R}");
                return $"{site} {BitConverter.DoubleToInt64Bits(site.Belief):x} {string.Join(' ', evidence)}";
            }), default);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
