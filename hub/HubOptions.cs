using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub;

/// <summary>Which city this hub serves, and where it listens.</summary>
public sealed class HubOptions : IValidatableObject
{
    public const string Section = "Hub";

    /// <summary>Address to listen on. Beyond loopback the hub wants TLS (section <c>Tls</c>) or a named proxy (<c>Access:Proxies</c>).</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>TCP port of the page and the API; 0 takes a free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 5311;

    /// <summary>Connections of one address (IPv6: one /64) at a time, of 2,000 in all; those of named proxies and of this machine are not counted.</summary>
    [Range(16, 2_000)]
    public int ConnectionsPerAddress { get; set; } = 500;

    /// <summary>Jurisdiction of vehicles that are registered without one.</summary>
    [Required]
    public string Jurisdiction { get; set; } = "cambridge-ma";

    /// <summary>The city's name on screens.</summary>
    [Required]
    public string City { get; set; } = "Cambridge, MA";

    /// <summary>The city's time zone (IANA): target dates and screens follow it, storage is UTC.</summary>
    [Required]
    public string TimeZone { get; set; } = "America/New_York";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Identifier.IsValid(Jurisdiction)) yield return new ValidationResult(Identifier.Rule, [nameof(Jurisdiction)]);
        if (!System.Net.IPAddress.TryParse(Address, out _)) yield return new ValidationResult("an IP address", [nameof(Address)]);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new ValidationResult("a time zone of this machine, such as America/New_York", [nameof(TimeZone)]);
    }
}
