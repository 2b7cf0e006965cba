using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// The city's Azure IoT Hub, through which some or all of its vehicles speak: in by Event Grid's webhook, out by the service API. Off
/// without a <see cref="Host"/>.
/// </summary>
public sealed class AzureOptions : IValidatableObject
{
    public const string Section = "Azure";

    /// <summary>Every registered vehicle.</summary>
    public const string Every = "*";

    private const int ShortestWebhookKey = 32;
    private const int MostWebhookKeys = 2;

    /// <summary>Full host name: <c>city.azure-devices.net</c>. Empty: off.</summary>
    public string Host { get; set; } = "";

    /// <summary>Address of the service API; empty: <c>https://</c> and the host.</summary>
    public string ServiceUrl { get; set; } = "";

    /// <summary>Shared access policy of the service API; it needs <c>ServiceConnect</c>, and <c>RegistryRead</c> and <c>RegistryWrite</c> to disable revoked devices.</summary>
    [Required]
    public string Policy { get; set; } = "service";

    /// <summary>File with the policy's key in base64 and nothing else, readable by the hub's user only.</summary>
    public string PolicyKeyFile { get; set; } = "";

    /// <summary>
    /// File with the key that Event Grid shows in the header <c>X-Field-Key</c> or as <c>?key=</c>, at least 32 characters; a second line
    /// may hold the next one while keys are exchanged. Read at every call.
    /// </summary>
    public string WebhookKeyFile { get; set; } = "";

    /// <summary>Ids of the vehicles that speak through IoT Hub, or <c>*</c> for all. The others speak through the broker.</summary>
    public IReadOnlyList<string> Vehicles { get; set; } = [];

    /// <summary>How long a direct method waits for the vehicle's answer.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan MethodTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most calls of the service API at once.</summary>
    [Range(1, 256)]
    public int Calls { get; set; } = 16;

    /// <summary>How long an event waits for its commit before Event Grid is told to come again. It gives up itself after 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:28")]
    public TimeSpan EventWait { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Most bytes of messages that wait for their commit, for each lane; past it Event Grid is told to come again.</summary>
    [Range(1_000_000, 1_000_000_000)]
    public long QueueBytes { get; set; } = 32_000_000;

    /// <summary>False: no vehicle speaks through IoT Hub.</summary>
    internal bool IsOn => Host.Length > 0;

    internal Uri Service => new(ServiceUrl.Length > 0 ? ServiceUrl : $"https://{Host}");

    /// <summary>True when this vehicle speaks through IoT Hub.</summary>
    internal bool Takes(string vehicle) => IsOn && (Vehicles.Contains(Every) || Vehicles.Contains(vehicle));

    /// <summary>The keys of <see cref="WebhookKeyFile"/>, as they are now.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal IReadOnlyList<string> WebhookKeys() => [.. File.ReadLines(WebhookKeyFile).Select(l => l.Trim()).Where(l => l.Length >= ShortestWebhookKey).Take(MostWebhookKeys)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn) yield break;
        if (Uri.CheckHostName(Host) != UriHostNameType.Dns) yield return new ValidationResult("the IoT Hub's full host name", [nameof(Host)]);
        if (ServiceUrl.Length > 0 && !(Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))))
            yield return new ValidationResult("an https address", [nameof(ServiceUrl)]);
        if (Wrong(() => _ = SasToken.ReadKey(PolicyKeyFile)) is { } policy) yield return new ValidationResult($"a file with the key of the policy '{Policy}'; {policy}", [nameof(PolicyKeyFile)]);
        if (Wrong(() => _ = WebhookKeys().Count > 0 ? 0 : throw new FormatException("it holds none")) is { } webhook)
            yield return new ValidationResult($"a file with a key of at least {ShortestWebhookKey} characters; {webhook}", [nameof(WebhookKeyFile)]);
        if (Vehicles.Count == 0 || Vehicles.Any(v => v != Every && !Identifier.IsValid(v))) yield return new ValidationResult("ids of vehicles, or *", [nameof(Vehicles)]);
    }

    private static string? Wrong(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return e is ArgumentException ? "none is named" : e.Message;
        }
    }
}
