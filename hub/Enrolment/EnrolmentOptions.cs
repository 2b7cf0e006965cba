using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>The hub's own certificate authority.</summary>
public sealed class EnrolmentOptions : IValidatableObject
{
    public const string Section = "Enrolment";

    /// <summary>Days that a vehicle's certificate is good for.</summary>
    [Range(1, 3_650)]
    public int VehicleDays { get; set; } = 397;

    /// <summary>Days that the broker's and the hub's own certificates are good for.</summary>
    [Range(2, 825)]
    public int ServerDays { get; set; } = 397;

    /// <summary>Days before its end when the broker's certificate is made anew.</summary>
    [Range(1, 365)]
    public int RenewDays { get; set; } = 30;

    /// <summary>Host names and IP addresses in the broker's certificate besides localhost and 127.0.0.1.</summary>
    public IReadOnlyList<string> ServerNames { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RenewDays >= ServerDays) yield return new ValidationResult($"expected fewer days than ServerDays ({ServerDays})", [nameof(RenewDays)]);
        foreach (var name in ServerNames)
        {
            if (!IPAddress.TryParse(name, out _) && Uri.CheckHostName(name) != UriHostNameType.Dns)
                yield return new ValidationResult($"expected host names and IP addresses, found '{name}'", [nameof(ServerNames)]);
        }
    }
}
