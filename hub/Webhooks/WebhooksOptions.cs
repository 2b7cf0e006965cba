using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>How other systems are told of public requests.</summary>
public sealed class WebhooksOptions : IValidatableObject
{
    public const string Section = "Webhooks";

    /// <summary>Addresses with <c>http://</c> are taken, too: what is sent can be read and changed on its way.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Networks that are not public and may be sent to all the same, as <c>10.20.0.0/16</c>. Without them the hub could be made to knock
    /// at doors inside the city's network.
    /// </summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>Longest wait for the answer to one delivery, name and connection included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A subscription whose deliveries have all failed for so long is disabled until a person enables it again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Requests that wait for one subscription; past it the oldest is left out and counted.</summary>
    [Range(1, 1_000_000)]
    public int MaxPending { get; set; } = 50_000;

    [Range(1, 1_000)]
    public int MaxSubscriptions { get; set; } = 20;

    /// <summary>Subscriptions that are delivered to at a time; each gets one delivery after the other.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    /// <summary>Deliveries a minute, all subscriptions together.</summary>
    [Range(1, 60_000)]
    public int CallsPerMinute { get; set; } = 600;

    public IReadOnlyList<IPNetwork> Networks => [.. AllowedNetworks.Select(n => IPNetwork.Parse(n))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LongestBackOff < FirstBackOff) yield return new ValidationResult("at least FirstBackOff", [nameof(LongestBackOff)]);
        if (AllowedNetworks.FirstOrDefault(n => !IPNetwork.TryParse(n, out _)) is { } network)
            yield return new ValidationResult($"networks like 10.20.0.0/16, not {network}", [nameof(AllowedNetworks)]);
    }
}
