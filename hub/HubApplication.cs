using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Azure;
using ThreeOneOne.Field.Hub.Backlog;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Commands;
using ThreeOneOne.Field.Hub.Coverage;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Desks;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Fleet;
using ThreeOneOne.Field.Hub.Hazards;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Live;
using ThreeOneOne.Field.Hub.Map;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Hub.Profiles;
using ThreeOneOne.Field.Hub.Receipts;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Roughness;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Telemetry;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Hub.Updates;
using ThreeOneOne.Field.Hub.Verification;
using ThreeOneOne.Field.Hub.Web;
using ThreeOneOne.Field.Hub.Webhooks;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Hub.WorkZones;

namespace ThreeOneOne.Field.Hub;

/// <summary>
/// Puts the capabilities together, one line each, along the arrows. What runs is started in this order and stopped in
/// the reverse one: ingest stops reading and finishes its commit, and only then does the broker go.
/// </summary>
public static class HubApplication
{
    /// <summary>What a hub that is restored from a backup must begin anew.</summary>
    public static IReadOnlyList<BackupStep> BackupSteps { get; } = [VehicleStore.LeaveEra, TicketStore.LeaveNumbers, OrderStore.LeaveNumbers, WebhookStore.LeaveNumbers];

    /// <param name="settings">Validated settings.</param>
    /// <param name="change">Last word on the services, for tests.</param>
    public static WebApplication Build(HubSettings settings, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var services = builder.Services;
        services.AddSingleton(settings.Hub);
        services.AddSingleton(TimeProvider.System);
        builder.AddWeb(settings.Hub, settings.Tls);
        services.AddStorage(settings.Storage);
        services.AddAccess(settings.Access);
        services.AddStreets(settings.Streets);
        services.AddAssets(settings.Assets);
        services.AddCatalogue(settings.Catalogue);
        services.AddDistricts(settings.Districts);
        services.AddVehicles();
        services.AddEnrolment(settings.Enrolment);
        services.AddUpdates(settings.Updates);
        services.AddBroker(settings.Broker);
        services.AddIdentityWatch();
        services.AddAzure(settings.Azure);
        services.AddDownlink();
        services.AddClockRepairs(settings.Ingest);
        services.AddAttachments(settings.Attachments);
        services.AddCrews(settings.Crews);
        services.AddSites(settings.Sites);
        services.AddStreetLights(settings.StreetLights);
        services.AddAutomation(settings.Automation);
        services.AddTickets(settings.Tickets);
        services.AddBacklog(settings.Backlog);
        services.AddResponsibility(settings.Responsibility);
        services.AddWorkOrders(settings.WorkOrders);
        services.AddOrdersDownlink();
        services.AddProfiles(settings.Profiles);
        services.AddHazards(settings.Hazards);
        services.AddWorkZones();
        services.AddVerification(settings.Verification);
        services.AddFileLane();
        services.AddCommands(settings.Commands);
        services.AddFleet(settings.Fleet);
        services.AddReceipts();
        services.AddCitySystem(settings.CitySystem);
        services.AddRoughness(settings.Roughness);
        services.AddCoverage(settings.Coverage);
        services.AddIngest(settings.Ingest);
        services.AddRetention(settings.Retention);
        services.AddTelemetry(settings.Telemetry);
        services.AddLive(settings.Live);
        services.AddMap(settings.Map);
        services.AddOpen311(settings.Open311);
        services.AddWebhooks(settings.Webhooks);
        services.AddApiDocument();
        change?.Invoke(services);

        var app = builder.Build();
        app.UseWeb();
        app.UseTelemetry();
        app.UseEnrolment();
        app.UseAccess();
        app.MapHealth();
        app.MapAccess();
        app.MapVehicles();
        app.MapEnrolment();
        app.MapUpdates();
        app.MapImports();
        app.MapAssets();
        app.MapIngest();
        app.MapAttachments();
        app.MapCrews();
        app.MapProfiles();
        app.MapSites();
        app.MapStreetLights();
        app.MapCatalogue();
        app.MapDistricts();
        app.MapAutomation();
        app.MapTickets();
        app.MapBacklog();
        app.MapResponsibility();
        app.MapWorkOrders();
        app.MapDesks();
        app.MapHazards();
        app.MapWorkZones();
        app.MapVerification();
        app.MapCommands();
        app.MapFleet();
        app.MapReceipts();
        app.MapCitySystem();
        app.MapRoughness();
        app.MapCoverage();
        app.MapTelemetry();
        app.MapLive();
        app.MapAzure();
        app.MapMap();
        app.MapOpen311();
        app.MapWebhooks();
        app.MapApiDocument();
        return app;
    }
}
