using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>The MQTT broker between vehicles and hub.</summary>
public sealed class BrokerOptions : IValidatableObject
{
    public const string Section = "Broker";

    public BrokerKind Kind { get; set; } = BrokerKind.Embedded;

    /// <summary>
    /// Embedded: the address it listens on; one that is not loopback belongs into <c>Enrolment:ServerNames</c> too.
    /// External: the host to connect to.
    /// </summary>
    [Required]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>TCP port. 0, embedded only: a free one, kept over restarts as long as it stays free.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Host that a newly enrolled vehicle is told to connect to; empty: <see cref="Host"/>, or loopback when that is every address.</summary>
    public string VehicleHost { get; set; } = "";

    /// <summary>The broker program: a path, or a name on the PATH or in /usr/sbin. Embedded only.</summary>
    [Required]
    public string Program { get; set; } = "mosquitto";

    /// <summary>Most messages queued for a session that is away; past it the broker drops, and vehicles send again.</summary>
    [Range(1_000, 10_000_000)]
    public int QueuedMessages { get; set; } = 100_000;

    /// <summary>Most bytes queued for a session that is away.</summary>
    [Range(1_000_000, 100_000_000_000)]
    public long QueuedBytes { get; set; } = 512_000_000;

    /// <summary>Messages on the way to one session and not acknowledged; at least the hub's batch size.</summary>
    [Range(20, 65_535)]
    public int InFlight { get; set; } = 2_000;

    /// <summary>MQTT version of the hub's own sessions; 3.1.1 is for brokers without MQTT 5. External only.</summary>
    public MqttProtocol Protocol { get; set; } = MqttProtocol.V5;

    /// <summary>PEM file of the authority that signed the broker's certificate. External only.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>PEM file of the hub's certificate at the broker. External only.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of the hub's private key. External only.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// Folder in which the hub keeps <c>acl</c>, <c>crl.pem</c> and <c>ca.crt</c> for the city's broker, which must read them again at each change;
    /// empty: the city makes its own, and a revocation only ends the session. External only.
    /// </summary>
    public string RulesFolder { get; set; } = "";

    /// <summary>mosquitto's <c>pid_file</c>, so that the hub makes it read <see cref="RulesFolder"/> again; empty: something else does. External only.</summary>
    public string PidFile { get; set; } = "";

    /// <summary>Where the hub itself finds the broker.</summary>
    internal string OwnHost => Host is "0.0.0.0" or "::" ? "127.0.0.1" : Host;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind != BrokerKind.External) yield break;
        if (RulesFolder.Length > 0 && !Directory.Exists(RulesFolder)) yield return new ValidationResult("expected a folder that exists", [nameof(RulesFolder)]);
        if (Port == 0) yield return new ValidationResult("expected the external broker's port, 1 to 65535", [nameof(Port)]);
        foreach (var (key, file) in new[] { (nameof(CaFile), CaFile), (nameof(CertificateFile), CertificateFile), (nameof(KeyFile), KeyFile) })
        {
            if (file.Length == 0 || !File.Exists(file)) yield return new ValidationResult("expected a PEM file, because the broker is external", [key]);
        }
    }
}
