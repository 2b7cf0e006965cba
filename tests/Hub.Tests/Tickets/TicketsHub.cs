using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Tests.Automation;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

/// <summary>A domain hub with tickets and a row of poles.</summary>
internal static class TicketsHub
{
    public static DomainHub Start(Action<IServiceCollection>? more = null, AutomationOptions? automation = null, SitesOptions? sites = null)
    {
        var hub = new DomainHub(services =>
        {
            services.AddSingleton(new HubOptions { TimeZone = "America/New_York" });
            services.AddCatalogue(new CatalogueOptions());
            services.AddDistricts(new DistrictsOptions());
            services.AddAutomation(automation ?? Sensors.Trusted);
            services.AddTickets(new TicketsOptions());
            services.AddCrews();
            more?.Invoke(services);
        }, sites);
        hub.Poles.Replace([.. Enumerable.Range(0, 10).Select(i => new StreetLight($"p{i}", Sample.Origin.MovedByM(i * 25, 200), "City", "Cobrahead", "A2", 1, 4))]);
        return hub;
    }

    public static Task<List<RequestSummary>> RequestsAsync(this DomainHub hub) =>
        hub.Database.ReadAsync(c => TicketReading.LiveSummaries(c, DateTimeOffset.UnixEpoch, 1_000).OrderBy(r => r.Number, StringComparer.Ordinal).ToList(), default);

    public static async Task<RequestSummary> OnlyRequestAsync(this DomainHub hub) => Assert.Single(await hub.RequestsAsync());

    public static Task<List<string>> HistoryAsync(this DomainHub hub, string number) =>
        hub.Database.ReadAsync(c => TicketReading.History(c, number).Select(h => h.What).ToList(), default);

    public static Task<long> CountAsync(this DomainHub hub, string sql) => hub.Database.ReadAsync(c => c.QuerySingle<long>(sql), default);
}
