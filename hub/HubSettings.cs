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
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Fleet;
using ThreeOneOne.Field.Hub.Hazards;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Live;
using ThreeOneOne.Field.Hub.Map;
using ThreeOneOne.Field.Hub.Profiles;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Hub.Roughness;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Telemetry;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Updates;
using ThreeOneOne.Field.Hub.Verification;
using ThreeOneOne.Field.Hub.Web;
using ThreeOneOne.Field.Hub.Webhooks;
using ThreeOneOne.Field.Settings;
using ThreeOneOne.Field.Hub.WorkOrders;

namespace ThreeOneOne.Field.Hub;

/// <summary>Every section of the hub's settings. All commands read the same file, so that they act on the same data.</summary>
public sealed class HubSettings
{
    public HubOptions Hub { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    public TlsOptions Tls { get; init; } = new();

    public AccessOptions Access { get; init; } = new();

    public EnrolmentOptions Enrolment { get; init; } = new();

    public BrokerOptions Broker { get; init; } = new();

    public AzureOptions Azure { get; init; } = new();

    public StreetsOptions Streets { get; init; } = new();

    public AssetsOptions Assets { get; init; } = new();

    public CatalogueOptions Catalogue { get; init; } = new();

    public DistrictsOptions Districts { get; init; } = new();

    public SitesOptions Sites { get; init; } = new();

    public AutomationOptions Automation { get; init; } = new();

    public TicketsOptions Tickets { get; init; } = new();

    public ResponsibilityOptions Responsibility { get; init; } = new();

    public BacklogOptions Backlog { get; init; } = new();

    public CrewsOptions Crews { get; init; } = new();

    public WorkOrdersOptions WorkOrders { get; init; } = new();

    public VerificationOptions Verification { get; init; } = new();

    public ProfilesOptions Profiles { get; init; } = new();

    public HazardsOptions Hazards { get; init; } = new();

    public CommandsOptions Commands { get; init; } = new();

    public FleetOptions Fleet { get; init; } = new();

    public CitySystemOptions CitySystem { get; init; } = new();

    public RoughnessOptions Roughness { get; init; } = new();

    public CoverageOptions Coverage { get; init; } = new();

    public StreetLightsOptions StreetLights { get; init; } = new();

    public IngestOptions Ingest { get; init; } = new();

    public AttachmentsOptions Attachments { get; init; } = new();

    public RetentionOptions Retention { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    public LiveOptions Live { get; init; } = new();

    public MapOptions Map { get; init; } = new();

    public Open311Options Open311 { get; init; } = new();

    public WebhooksOptions Webhooks { get; init; } = new();

    public UpdatesOptions Updates { get; init; } = new();

    /// <summary>Binds every section; <see cref="SettingsReader.Report"/> then says whether they can be used.</summary>
    public static HubSettings Bind(SettingsReader reader) => new()
    {
        Hub = reader.Bind<HubOptions>(HubOptions.Section),
        Storage = reader.Bind<StorageOptions>(StorageOptions.Section),
        Tls = reader.Bind<TlsOptions>(TlsOptions.Section),
        Access = reader.Bind<AccessOptions>(AccessOptions.Section),
        Enrolment = reader.Bind<EnrolmentOptions>(EnrolmentOptions.Section),
        Broker = reader.Bind<BrokerOptions>(BrokerOptions.Section),
        Azure = reader.Bind<AzureOptions>(AzureOptions.Section),
        Streets = reader.Bind<StreetsOptions>(StreetsOptions.Section),
        Assets = reader.Bind<AssetsOptions>(AssetsOptions.Section),
        Catalogue = reader.Bind<CatalogueOptions>(CatalogueOptions.Section),
        Districts = reader.Bind<DistrictsOptions>(DistrictsOptions.Section),
        Sites = reader.Bind<SitesOptions>(SitesOptions.Section),
        Automation = reader.Bind<AutomationOptions>(AutomationOptions.Section),
        Tickets = reader.Bind<TicketsOptions>(TicketsOptions.Section),
        Responsibility = reader.Bind<ResponsibilityOptions>(ResponsibilityOptions.Section),
        Backlog = reader.Bind<BacklogOptions>(BacklogOptions.Section),
        Crews = reader.Bind<CrewsOptions>(CrewsOptions.Section),
        WorkOrders = reader.Bind<WorkOrdersOptions>(WorkOrdersOptions.Section),
        Verification = reader.Bind<VerificationOptions>(VerificationOptions.Section),
        Profiles = reader.Bind<ProfilesOptions>(ProfilesOptions.Section),
        Hazards = reader.Bind<HazardsOptions>(HazardsOptions.Section),
        Commands = reader.Bind<CommandsOptions>(CommandsOptions.Section),
        Fleet = reader.Bind<FleetOptions>(FleetOptions.Section),
        CitySystem = reader.Bind<CitySystemOptions>(CitySystemOptions.Section),
        Roughness = reader.Bind<RoughnessOptions>(RoughnessOptions.Section),
        Coverage = reader.Bind<CoverageOptions>(CoverageOptions.Section),
        StreetLights = reader.Bind<StreetLightsOptions>(StreetLightsOptions.Section),
        Ingest = reader.Bind<IngestOptions>(IngestOptions.Section),
        Attachments = reader.Bind<AttachmentsOptions>(AttachmentsOptions.Section),
        Retention = reader.Bind<RetentionOptions>(RetentionOptions.Section),
        Telemetry = reader.Bind<TelemetryOptions>(TelemetryOptions.Section),
        Live = reader.Bind<LiveOptions>(LiveOptions.Section),
        Map = reader.Bind<MapOptions>(MapOptions.Section),
        Open311 = reader.Bind<Open311Options>(Open311Options.Section),
        Webhooks = reader.Bind<WebhooksOptions>(WebhooksOptions.Section),
        Updates = reader.Bind<UpdatesOptions>(UpdatesOptions.Section),
    };

    /// <summary>The part of the settings that <c>field-hub update</c> needs; null when any part cannot be used, after saying why.</summary>
    public static (StorageOptions Storage, UpdatesOptions Updates)? ForUpdates(IReadOnlyList<string> args)
    {
        var reader = SettingsReader.Read(args, RunCommand.DefaultFile);
        var settings = Bind(reader);
        return reader.Report(Console.Error) ? null : (settings.Storage, settings.Updates);
    }

    /// <summary>The part of the settings that commands on vehicles need; null when any part cannot be used, after saying why.</summary>
    public static FleetContext? ForFleet(IReadOnlyList<string> args)
    {
        var reader = SettingsReader.Read(args, RunCommand.DefaultFile);
        var settings = Bind(reader);
        return reader.Report(Console.Error)
            ? null
            : new FleetContext(new CommandContext(settings.Storage, settings.Access, $"http://localhost:{settings.Hub.Port}"), settings.Commands, settings.Fleet, settings.Attachments);
    }

    /// <summary>The part of the settings that commands on access need; null when any part cannot be used, after saying why.</summary>
    public static CommandContext? ForCommand(IReadOnlyList<string> args)
    {
        var reader = SettingsReader.Read(args, RunCommand.DefaultFile);
        var settings = Bind(reader);
        return reader.Report(Console.Error) ? null : new CommandContext(settings.Storage, settings.Access, $"http://localhost:{settings.Hub.Port}");
    }

    /// <summary>The part of the settings that commands on vehicles' identity need; null when any part cannot be used, after saying why.</summary>
    public static EnrolmentContext? ForEnrolment(IReadOnlyList<string> args)
    {
        var reader = SettingsReader.Read(args, RunCommand.DefaultFile);
        var settings = Bind(reader);
        return reader.Report(Console.Error) ? null : new EnrolmentContext(settings.Storage, settings.Enrolment, settings.Hub.Jurisdiction);
    }
}
