using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Rehearsal;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>The hub's own code over passes under lights, in memory: which requests are open at the end, and about which poles.</summary>
internal static class LampHub
{
    private const int Batch = 200;

    public static async Task<IReadOnlyList<IReadOnlyList<string>>> RequestsAsync(
        IReadOnlyList<StoredRecord> records, IReadOnlyList<StreetLight> lights, StreetMap streets, SitesOptions options)
    {
        using var none = new ReactionCatalogue([]);
        var clock = new ReplayClock();
        var hub = new HubOptions();
        var districts = new DistrictMap([], 0);
        var poles = new PoleIndex();
        poles.Replace(lights);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddSingleton(hub);
        collection.AddSingleton(streets);
        collection.AddSingleton(districts);
        collection.AddSingleton(new CityEdge(districts, streets, new DistrictsOptions()));
        collection.AddSingleton(CatalogueFile.Read(new CatalogueOptions().File, TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone)));
        collection.AddSingleton(poles);
        collection.AddSingleton<RoadStructureIndex>();
        collection.AddSites(options);
        collection.AddStreetLights(new StreetLightsOptions());
        collection.AddAutomation(new AutomationOptions { Mode = AutomationMode.Automatic, DailyCap = int.MaxValue, FollowUpsAtOnce = true });
        collection.AddTickets(new TicketsOptions());
        await using var services = collection.BuildServiceProvider();
        var store = new MemoryStore(none, clock);
        await using var replay = new Replay(
            store, clock, services.GetServices<IProjection>().OfType<ProjectObservations>().Single(), services.GetRequiredService<MarkSites>(),
            ActivatorUtilities.CreateInstance<FollowSites>(services), options);
        foreach (var batch in records.OrderBy(r => r.ReceivedTime).Chunk(Batch)) replay.Apply(batch);
        var open = replay.Requests().Where(r => r.Status == Ticket.Open).Select(r => r.Number).ToList();
        return store.Write(scope => open.Select(number => (IReadOnlyList<string>)[.. TicketStore.Sites(scope.Connection, scope.Transaction, number)
            .Select(id => SiteStore.Find(scope.Connection, id, scope.Transaction)).OfType<Site>().Where(s => s.Pole is not null).Select(s => s.Pole!)]).ToList());
    }

    /// <summary>A pass as ingest hands it on.</summary>
    public static StoredRecord Stored(Observation pass, LampObservation lamp)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(pass.FixMs);
        var stamp = new Stamp { FixTime = at, DeviceTime = at, Boot = "0000b007", MonotonicMs = pass.FixMs };
        return new StoredRecord(pass.Vehicle, "cambridge-ma", pass.Epoch, new WireRecord { Seq = pass.Seq, Stamp = stamp, Lamp = lamp }, at.AddSeconds(1));
    }
}
