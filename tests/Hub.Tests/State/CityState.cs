using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tests.Automation;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.State;

/// <summary>A hub with the whole domain behind its real ingest, and what of its state must not depend on arrival.</summary>
internal sealed class CityState : IAsyncDisposable
{
    private readonly TestHub hub;
    private readonly SteppedTime time;

    private CityState(TestHub hub, SteppedTime time) => (this.hub, this.time) = (hub, time);

    private Database Database => hub.Database;

    /// <summary>Starts a hub whose office has, at a time, taken a request by hand for each place and given its order to a crew.</summary>
    public static async Task<CityState> StartAsync(Plan plan)
    {
        var time = new SteppedTime(plan.OfficeAt);
        var hub = await TestHub.StartAsync(change: services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            services.AddSingleton<PoleIndex>();
            services.AddSingleton<RoadStructureIndex>();
            services.AddSingleton(new StreetMap([], [], new StreetsOptions()));
            services.AddClockRepairs(new IngestOptions());
            services.AddCrews();
            services.AddSites(plan.Sites);
            services.AddStreetLights(new StreetLightsOptions());
            services.AddCatalogue(new CatalogueOptions());
            services.AddDistricts(new DistrictsOptions());
            services.AddAutomation(Sensors.Trusted);
            services.AddTickets(new TicketsOptions());
            services.AddResponsibility(new ResponsibilityOptions());
            services.AddWorkOrders(new WorkOrdersOptions());
        });
        hub.Services.GetRequiredService<PoleIndex>().Replace([.. plan.Poles]);
        foreach (var vehicle in plan.Vehicles) await hub.RegisterAsync(vehicle);
        await hub.Database.WriteAsync(scope =>
        {
            foreach (var crew in plan.Orders.Select(o => o.Crew).Distinct()) CrewStore.Add(scope, new Crew(crew, crew, ["m1"], []));
            foreach (var (service, at, crew) in plan.Orders)
            {
                var ticket = hub.Services.GetRequiredService<OpenTicket>().Open(scope, new NewRequest { Service = service, At = at, Source = "person", Who = "Dee", Why = "Opened by hand" });
                hub.Services.GetRequiredService<CreateOrder>().CreateFor(scope, ticket, crew, "Dee");
            }
        }, WritePriority.Interactive, default);
        time.Step(TimeSpan.FromDays(2));
        return new CityState(hub, time);
    }

    /// <summary>Brings messages in, as one read of the broker.</summary>
    public Task ArriveAsync(IReadOnlyList<LinkMessage> messages) => hub.Services.GetRequiredService<IngestPipeline>().IngestAsync(messages, default);

    /// <summary>Lets the hub's reactions catch up.</summary>
    public Task SettleAsync() =>
        Support.Eventually.TrueAsync(() => Database.ReadAsync(c => c.QuerySingle<long>("SELECT COUNT(*) FROM event_pending"), default).GetAwaiter().GetResult() == 0, "no event is pending");

    /// <summary>Sites to the last bit; requests by the sites that they rest on; orders by the place and crew they were made for.</summary>
    public async Task<List<string>> ReadAsync()
    {
        await SettleAsync();
        time.Step(TimeSpan.FromSeconds(1));
        var (options, structures) = (hub.Services.GetRequiredService<SitesOptions>(), hub.Services.GetRequiredService<RoadStructureIndex>());
        return await Database.ReadAsync(c =>
        {
            var state = new List<string>();
            foreach (var id in c.Query<string>("SELECT id FROM sites ORDER BY id"))
            {
                var site = SiteStore.Find(c, id)!;
                var evidence = SiteEvidence.Read(c, [id], int.MaxValue, structures, options).Select(e => $"{e.Key}:{e.Counted}:{e.Weight:R}");
                state.Add($"{site} {BitConverter.DoubleToInt64Bits(site.Belief):x} {string.Join(' ', evidence)}");
            }

            // Withdrawn ones are kept, and one that was never supported in another order of arrival never came to be.
            state.AddRange(c.Query<string>(
                """
                SELECT 'open request on ' || coalesce((SELECT string_agg(id, ' ') FROM (SELECT s.id FROM request_sites l JOIN sites s ON s.id=l.site
                  WHERE l.request=r.number AND s.supported=1 ORDER BY s.id) AS supported), r.source || ' at ' || r.lat || ' ' || r.lon)
                FROM requests r WHERE r.status='open' ORDER BY 1
                """));
            state.AddRange(c.Query<string>(
                """
                SELECT 'order ' || CASE WHEN o.by_crew=1 THEN coalesce((SELECT min(action) FROM order_events e WHERE e.order_id=o.id), '?') ELSE o.id END
                  || ' is ' || o.state || coalesce(' by ' || o.crew, '') || coalesce(' on ' || o.vehicle, '') || coalesce(' because ' || o.reason, '')
                  || ' seen ' || o.seen || ' far ' || o.far || ' visits ' || o.visits || coalesce(' done ' || o.done_ms, '')
                FROM work_orders o ORDER BY 1
                """));
            return state;
        }, default);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    /// <summary>What the office knows beforehand.</summary>
    public sealed record Plan(
        DateTimeOffset OfficeAt, SitesOptions Sites, IReadOnlyList<StreetLight> Poles, IReadOnlyList<string> Vehicles,
        IReadOnlyList<(string Service, GeoPoint At, string Crew)> Orders);
}
