using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Azure;
using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Console;
using ThreeOneOne.Field.Agent.Enrolment;
using ThreeOneOne.Field.Agent.Equipment;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Tracks;
using ThreeOneOne.Field.Agent.Updates;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Settings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary>The program's configuration, read and checked as a whole.</summary>
internal sealed record AgentSettings(
    AgentOptions Options, LinkSettings Link, AzureOptions Azure, PositionOptions Position, MotionOptions Motion, LightOptions Light, CityOptions City, EnrolmentOptions Enrolment)
{
    /// <summary>What the Debian package brought; read where it is and <c>--config</c> names no other.</summary>
    public const string PackagesFile = "/etc/field-agent/agent.json";
    private const int UnsentBytes = 4 * 1024;

    /// <summary>When the vehicle's certificate ends; null without one.</summary>
    public DateTimeOffset? CertificateEnds => Link.CertificateFile.Length == 0 ? null : LinkCertificate.Read(Link.CertificateFile).Ends;

    /// <summary>Folder of the credentials that systemd gave; null for none.</summary>
    public static string? Credentials => Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY");

    /// <summary>The data folder's key, for reading beside the agent; null when it is not encrypted.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public DataKey? ReadDataKey() => Wiping.Fault(Options.Vehicle.Data) is { } fault ? throw new IOException(fault) : new DataKeyFile(Options.Vehicle.Data, Options.Sealing, Credentials).Read();

    /// <summary>Keys that the vehicle's own file, environment or arguments set beside the device profile or above it.</summary>
    public IReadOnlyList<string> LocalKeys { get; init; } = [];

    /// <summary><see cref="SettingsDigest"/> of the keys of the device profile that count; null without one.</summary>
    public string? LayerHash { get; init; }

    /// <summary>Names of the sources that this vehicle has (<see cref="TrialSigns.Sources"/>).</summary>
    public IReadOnlyList<string> SourceNames =>
    [
        .. new[]
        {
            ("position", Position.Source), ("motion", Motion.Source), ("light", Light.Source), ("button", Options.Button.Source), ("lamp", Options.Button.Lamp),
            ("ignition", Options.Ignition.Source), ("equipment", Options.Equipment.Source),
        }.Where(s => s.Item2.Length > 0).Select(s => s.Item1),
    ];

    /// <summary>Options of each section by its name: what a configuration can say.</summary>
    public static IReadOnlyDictionary<string, object> Defaults => Bind(SettingsReader.Read([], environment: [])).Sections;

    private IReadOnlyDictionary<string, object> Sections { get; init; } = new Dictionary<string, object>();

    /// <summary>The identity that enrolment keeps; null when the configuration says everything by hand.</summary>
    public IdentityFolder? Identity { get; private init; }

    /// <summary>False while the vehicle waits for a code.</summary>
    public bool IsEnrolled { get; private init; } = true;

    /// <returns>Null when something is wrong; everything wrong has been written.</returns>
    /// <param name="args">The program's arguments.</param>
    /// <param name="errors">Told what is wrong.</param>
    /// <param name="profile">Settings of the device profile in force, above the file's.</param>
    public static AgentSettings? Read(string[] args, TextWriter errors, JsonElement profile = default)
    {
        var reader = SettingsReader.Read(args, PackagesFile, layer: profile);
        var settings = Bind(reader);
        var wrong = reader.Report(errors);
        if (!wrong && settings.AsksIdentity)
        {
            if (settings.WithIdentity(errors) is { } filled) settings = filled;
            else wrong = true;
        }

        if (settings.Options.Vehicle.Kind == VehicleKind.SensorOnly && settings.City.StreetsFile.Length == 0)
        {
            errors.WriteLine("City:StreetsFile = '': expected a file, because Vehicle:Kind is SensorOnly");
            wrong = true;
        }

        if (wrong) return null;
        foreach (var error in settings.IsEnrolled ? settings.CheckLink() : [])
        {
            errors.WriteLine(error);
            wrong = true;
        }

        if (settings.Link.Kind == LinkKind.Azure) settings.SlowDown(settings.Options.Uplink);
        return wrong ? null : settings with { LocalKeys = reader.Local, LayerHash = profile.ValueKind == JsonValueKind.Object ? SettingsDigest.Of(reader.Layered) : null };
    }

    private static AgentSettings Bind(SettingsReader reader) =>
        new(
            new AgentOptions
            {
                Vehicle = reader.Bind<VehicleOptions>("Vehicle"),
                Clock = reader.Bind<ClockOptions>("Clock"),
                Outbox = reader.Bind<OutboxOptions>("Outbox"),
                Tracks = reader.Bind<TracksOptions>("Tracks"),
                Uplink = reader.Bind<UplinkOptions>("Uplink"),
                Sensing = reader.Bind<SensingOptions>("Sensing"),
                Attachments = reader.Bind<AttachmentsOptions>("Attachments"),
                WorkOrders = reader.Bind<WorkOrdersOptions>("WorkOrders"),
                Console = reader.Bind<ConsoleOptions>("Console"),
                Button = reader.Bind<ButtonOptions>("Button"),
                Ignition = reader.Bind<IgnitionOptions>("Ignition"),
                Equipment = reader.Bind<EquipmentOptions>("Equipment"),
                Health = reader.Bind<HealthOptions>("Health"),
                Sealing = reader.Bind<SealingOptions>("Sealing"),
                Trial = reader.Bind<TrialOptions>("Trial"),
                Updates = reader.Bind<UpdatesOptions>("Updates"),
                Hardware = reader.Bind<HardwareOptions>("Hardware"),
            },
            reader.Bind<LinkSettings>("Link"),
            reader.Bind<AzureOptions>("Azure"),
            reader.Bind<PositionOptions>("Position"),
            reader.Bind<MotionOptions>("Motion"),
            reader.Bind<LightOptions>("Light"),
            reader.Bind<CityOptions>("City"),
            reader.Bind<EnrolmentOptions>("Enrolment"))
        {
            Sections = reader.Bound,
        };

    // With IoT Hub the vehicle proves itself by a key of its own, by files that are named, or by its identity.
    private bool AsksIdentity => Link.Kind == LinkKind.Azure
        ? Options.Vehicle.Identity.Length > 0 && Link.CertificateFile.Length == 0 && (Azure.SasKeyFile.Length == 0 || Options.Vehicle.Id.Length == 0)
        : Link.Host.Length == 0;

    // IoT Hub meters messages: what only the newest counts of goes seldom.
    private void SlowDown(UplinkOptions uplink)
    {
        uplink.LiveIntervalMs = Math.Max(uplink.LiveIntervalMs, (int)(Azure.LiveSeconds * 1_000));
        uplink.StatusSeconds = Math.Max(uplink.StatusSeconds, Azure.StatusSeconds);
    }

    private IEnumerable<SettingsError> CheckLink() => Link.Kind == LinkKind.Azure
        ? Azure.Check(Link.CertificateFile, Link.KeyFile, Options.Vehicle.Id).Select(e => new SettingsError(e.Key, e.Value, e.Expected))
        : LinkFiles.Check(Link, Options.Vehicle.Id);

    /// <summary>What the identity says where the configuration says nothing.</summary>
    private AgentSettings? WithIdentity(TextWriter errors)
    {
        var vehicle = Options.Vehicle;
        if (vehicle.Identity.Length == 0)
        {
            errors.WriteLine("Link:Host = '': expected the broker's host, unless Vehicle:Identity names the folder of an enrolled vehicle");
            return null;
        }

        var folder = new IdentityFolder(vehicle.Identity);
        HubPlace? place;
        try
        {
            place = folder.Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            errors.WriteLine($"Vehicle:Identity = '{vehicle.Identity}': expected a folder that the agent may read and write; {e.Message}");
            return null;
        }

        if (place is null) return this with { Identity = folder, IsEnrolled = false };
        if (vehicle.Id.Length > 0 && vehicle.Id != place.Vehicle)
        {
            errors.WriteLine($"Vehicle:Id = '{vehicle.Id}': expected {place.Vehicle}, as which this computer is enrolled, or nothing");
            return null;
        }

        vehicle.Id = place.Vehicle;
        if (vehicle.Jurisdiction.Length == 0) vehicle.Jurisdiction = place.Jurisdiction;
        // Whoever says that nobody is on board means the stricter rules.
        if (place.Kind == "sensor-only") vehicle.Kind = VehicleKind.SensorOnly;
        (Link.Host, Link.Port) = (place.Broker.Host, place.Broker.Port);
        (Link.CaFile, Link.CertificateFile, Link.KeyFile) = (folder.AuthorityFile, folder.CertificateFile, folder.KeyFile);
        if (Link.ProfileKeysFile.Length == 0) Link.ProfileKeysFile = folder.ProfileKeysFile;
        return this with { Identity = folder };
    }

    /// <summary>Opens the sources and says how to open the link.</summary>
    /// <exception cref="LinkUnavailableException">The native MQTT library is missing.</exception>
    /// <exception cref="InvalidDataException">A file of the city is not what it should be.</exception>
    /// <param name="time">Wall and monotonic clock.</param>
    /// <param name="notice">The service manager; null: none asks.</param>
    /// <param name="logs">Told what the link cannot read; null: nobody.</param>
    public AgentParts Open(TimeProvider time, ServiceNotice? notice = null, ILoggerFactory? logs = null)
    {
        var clock = new DeviceClock(time, options: Options.Clock);
        foreach (var begins in LinkFiles.Begins(Link)) clock.HasPassed(begins);
        var playback = FixSources.Play(Position, time);
        return new AgentParts
        {
            Fixes = Position.Source.Length == 0 ? null : FixSources.Open(Position, playback, clock, time),
            Motion = Accelerometer(playback, clock, time),
            Light = LightSensor(playback, clock, time),
            Button = Options.Button.Source.Length == 0 ? null : ButtonSources.Open(Options.Button, playback, time),
            Ignition = Options.Ignition.Source.Length == 0 ? null : IgnitionSources.Open(Options.Ignition, playback, time),
            Equipment = Options.Equipment.Source.Length == 0 ? null : EquipmentWatch.Open(Options.Equipment, playback, time),
            City = SensingCity.Load(City),
            Notice = notice,
            Clock = clock,
            Time = time,
            CertificateEnds = NewestEnd(),
            Credentials = Credentials,
            IdentityFiles = [.. new[] { Link.KeyFile, Link.CertificateFile, Azure.SasKeyFile }.Where(f => f.Length > 0).Select(Path.GetFullPath)],
            IdentityFolders = Options.Vehicle.Identity.Length > 0 ? [Path.GetFullPath(Options.Vehicle.Identity)] : [],
            Seed = Environment.ProcessId,
            Connect = will => Connect(will, clock, time, logs),
        };
    }

    /// <summary>A renewal moves the certificate's end while the vehicle runs.</summary>
    private Func<DateTimeOffset?> NewestEnd()
    {
        var (read, end) = (DateTime.MinValue, (DateTimeOffset?)null);
        return () =>
        {
            if (Link.CertificateFile.Length == 0 || !File.Exists(Link.CertificateFile)) return end;
            var written = File.GetLastWriteTimeUtc(Link.CertificateFile);
            if (written != read) (read, end) = (written, CertificateEnds);
            return end;
        };
    }

    private IPublisher Connect(WillMessage will, DeviceClock clock, TimeProvider time, ILoggerFactory? logs) => Link.Kind == LinkKind.Azure
        ? AzureLink.Start(
            Azure, (Link.CertificateFile, Link.KeyFile), will, new Topic(Options.Vehicle.Jurisdiction, Options.Vehicle.Id, Lane.Status),
            () => clock.Source == ClockSource.Unset || clock.VerifyAt > clock.Now ? clock.VerifyAt : clock.Now, clock.HasPassed, time, Environment.ProcessId, (logs ?? NullLoggerFactory.Instance).CreateLogger<AzurePublisher>())
        : MqttPublisher.Start(LinkOptions(will, clock), time);

    private IAccelerometerSource? Accelerometer(Playback playback, DeviceClock clock, TimeProvider time) =>
        Motion.Source.Length == 0 ? null
        : IioBus.NameIn(Motion.Source) is { } name ? new IioAccelerometer(new IioBus(), name, Motion, clock, time)
        : new RecordedAccelerometer(Motion, playback, clock, time);

    private ILuxSource? LightSensor(Playback playback, DeviceClock clock, TimeProvider time) =>
        Light.Source.Length == 0 ? null
        : IioBus.NameIn(Light.Source) is { } name ? new IioLux(new IioBus(), name, Light, clock, time)
        : new RecordedLux(Light, playback, clock, time);

    private LinkOptions LinkOptions(WillMessage will, DeviceClock clock) => new()
    {
        Host = Link.Host,
        Port = Link.Port,
        ClientId = Options.Vehicle.Id,
        Protocol = Link.Protocol,
        Tls = Link.CaFile.Length == 0 ? null : new TlsOptions(Link.CaFile, Link.CertificateFile, Link.KeyFile)
        {
            VerifyAt = () => clock.VerifyAt,
            BeginsLater = clock.HasPassed,
        },
        Subscriptions = [Topic.AllDown(Options.Vehicle.Jurisdiction, Options.Vehicle.Id)],
        Will = will,
        UnsentBytes = UnsentBytes,
    };
}
