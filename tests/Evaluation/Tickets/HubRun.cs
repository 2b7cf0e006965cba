using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Fleet.City;
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

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>The hub's own code over what vehicles sent, in memory: the projection that folds sites and the reaction that opens requests.</summary>
internal static class HubRun
{
    /// <param name="passes">In order.</param>
    /// <param name="plane">Of the city.</param>
    /// <param name="structures">What the city's map of its structures has.</param>
    /// <param name="options">How sites are folded.</param>
    /// <returns>What was opened and taken back, in order of time.</returns>
    public static async Task<IReadOnlyList<TicketEvent>> RunAsync(IReadOnlyList<CityPass> passes, CityPlane plane, IReadOnlyList<RoadStructure> structures, SitesOptions options)
    {
        using var none = new ReactionCatalogue([]);
        var clock = new ReplayClock();
        var hub = new HubOptions();
        var districts = new DistrictMap([], 0);
        var streets = new StreetMap([], [], new StreetsOptions());
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddSingleton(hub);
        collection.AddSingleton(streets);
        collection.AddSingleton(districts);
        collection.AddSingleton(new CityEdge(districts, streets, new DistrictsOptions()));
        collection.AddSingleton(CatalogueFile.Read(new CatalogueOptions().File, TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone)));
        collection.AddSingleton<PoleIndex>();
        var known = new RoadStructureIndex();
        known.Replace(structures);
        collection.AddSingleton(known);
        collection.AddSites(options);
        collection.AddStreetLights(new StreetLightsOptions());
        collection.AddAutomation(new AutomationOptions { Mode = AutomationMode.Automatic, DailyCap = int.MaxValue, FollowUpsAtOnce = true });
        collection.AddTickets(new TicketsOptions());
        await using var services = collection.BuildServiceProvider();
        await using var replay = new Replay(
            new MemoryStore(none, clock), clock, services.GetServices<IProjection>().OfType<ProjectObservations>().Single(), services.GetRequiredService<MarkSites>(),
            ActivatorUtilities.CreateInstance<FollowSites>(services), options);
        var open = new HashSet<string>();
        List<TicketEvent> events = [];
        foreach (var pass in passes.Where(p => p.Records.Count > 0))
        {
            replay.Apply(pass.Records);
            var requests = replay.Requests();
            foreach (var request in requests.Where(r => r.IsWithdrawn ? open.Contains(r.Number) : !open.Contains(r.Number)))
                events.Add(new TicketEvent(request.Number, !request.IsWithdrawn, plane.ToPlace(request.At), pass.Ends));
            open = [.. requests.Where(r => !r.IsWithdrawn).Select(r => r.Number)];
        }

        return events;
    }
}
