using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text;
using ThreeOneOne.Field.Wire;

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

    /// <summary>Host names and IP addresses in the broker's certificate besides localhost, 127.0.0.1 and <see cref="VehicleHost"/>.</summary>
    public IReadOnlyList<string> ServerNames { get; set; } = [];

    /// <summary>Address that the vehicles' door listens on: HTTPS for enrolment, renewal and updates.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>TCP port of the door. 0: a free one, kept over restarts as long as it stays free; vehicles on the road need a fixed one.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Host name or address by which vehicles find the door; empty: <see cref="Address"/>, or loopback when that is every address.</summary>
    public string VehicleHost { get; set; } = "";

    /// <summary>Days after a certificate's end in which its vehicle may still renew it over the door; after that it needs a code.</summary>
    [Range(0, 366)]
    public int RenewGraceDays { get; set; } = 60;

    /// <summary>Longest life of a one-time code, hours.</summary>
    [Range(1, 24)]
    public int CodeHours { get; set; } = 24;

    /// <summary>Minutes in which the key that spent a code may fetch its certificate once more: a power cut may have taken it.</summary>
    [Range(1, 60)]
    public int RefetchMinutes { get; set; } = 15;

    /// <summary>Wrong codes from one address in <see cref="WrongCodeMinutes"/>; past it nobody there is heard.</summary>
    [Range(1, 1_000)]
    public int WrongCodesPerAddress { get; set; } = 10;

    /// <summary>Most connections of one address to the door at once; a mobile network may bring many vehicles by one. This machine and named proxies are free.</summary>
    [Range(1, 100_000)]
    public int ConnectionsPerAddress { get; set; } = 100;

    /// <summary>Window in which wrong codes are counted, minutes.</summary>
    [Range(1, 1_440)]
    public int WrongCodeMinutes { get; set; } = 10;

    /// <summary>Most certificates for one vehicle in an hour; past it the newest must do.</summary>
    [Range(1, 1_000)]
    public int CertificatesPerHour { get; set; } = 20;

    /// <summary>Days that a revocation list is good for. It is made anew at every change, and when half of them are over.</summary>
    [Range(2, 90)]
    public int ListDays { get; set; } = 30;

    /// <summary>Seconds between two looks for what a command beside the hub has changed.</summary>
    [Range(1, 30)]
    public int WatchSeconds { get; set; } = 5;

    /// <summary>What vehicles are told.</summary>
    internal string DoorHost => VehicleHost.Length > 0 ? VehicleHost : Address is "0.0.0.0" or "::" ? "127.0.0.1" : Address;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RenewDays >= ServerDays) yield return new ValidationResult($"expected fewer days than ServerDays ({ServerDays})", [nameof(RenewDays)]);
        if (!IPAddress.TryParse(Address, out _)) yield return new ValidationResult("an IP address", [nameof(Address)]);
        if (VehicleHost.Length > 0 && !IPAddress.TryParse(VehicleHost, out _) && Uri.CheckHostName(VehicleHost) != UriHostNameType.Dns)
            yield return new ValidationResult("a host name or IP address", [nameof(VehicleHost)]);
        if (VehicleHost.Length > EnrolmentCode.LongestHost || !Ascii.IsValid(VehicleHost))
            yield return new ValidationResult($"at most {EnrolmentCode.LongestHost} ASCII characters: it stands in every code", [nameof(VehicleHost)]);
        foreach (var name in ServerNames)
        {
            if (!IPAddress.TryParse(name, out _) && Uri.CheckHostName(name) != UriHostNameType.Dns)
                yield return new ValidationResult($"expected host names and IP addresses, found '{name}'", [nameof(ServerNames)]);
        }
    }
}
