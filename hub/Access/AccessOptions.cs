using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>How people sign in, and for how long.</summary>
public sealed class AccessOptions : IValidatableObject
{
    public const string Section = "Access";

    /// <summary>Address under which people reach the hub, printed in sign-in links; empty: the address it listens on.</summary>
    [RegularExpression("^(https?://[^/#?]+)?$", ErrorMessage = "expected an address like https://hub.example.gov, without a path")]
    public string PublicUrl { get; set; } = "";

    /// <summary>
    /// Proxies that stand before the hub, by IP address or network (<c>a.b.c.d</c> or <c>a.b.c.d/n</c>). Only what they say of where a call
    /// comes from (X-Forwarded-For, X-Forwarded-Proto) is believed; empty: nobody's. Without it everybody behind a proxy shares one sign-in limit.
    /// </summary>
    public IReadOnlyList<string> Proxies { get; set; } = [];

    /// <summary>When the roles below must sign in with a second factor (an authenticator app): BeyondLoopback, Always or Never.</summary>
    public SecondFactorNeed SecondFactor { get; set; } = SecondFactorNeed.BeyondLoopback;

    /// <summary>Roles that must have one; without it they may do nothing but set it up.</summary>
    public IReadOnlyList<string> SecondFactorRoles { get; set; } = ["city-it"];

    /// <summary>Calls of one person or key in a minute, whatever they ask; past it 429.</summary>
    [Range(60, 1_000_000)]
    public int CallsPerMinute { get; set; } = 12_000;

    /// <summary>Calls from one address (IPv6: one /64) in a minute that nobody has signed in for; past it 429. Open311 has a limit of its own.</summary>
    [Range(60, 1_000_000)]
    public int AnonymousCallsPerMinute { get; set; } = 1_200;

    /// <summary>Hours without any request after which a session ends.</summary>
    [Range(1, 24 * 30)]
    public int SessionIdleHours { get; set; } = 12;

    /// <summary>Hours after which a session ends in any case.</summary>
    [Range(1, 24 * 90)]
    public int SessionHours { get; set; } = 24 * 7;

    /// <summary>Minutes for which a one-time sign-in link is good, unless it is made with another number.</summary>
    [Range(1, 60 * 24 * 14)]
    public int LinkMinutes { get; set; } = 60 * 24;

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 over a password; stored with each hash, so raising it upgrades at the next sign-in.</summary>
    [Range(210_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Seconds of the window in which sign-in attempts are counted.</summary>
    [Range(10, 86_400)]
    public int SignInWindowSeconds { get; set; } = 300;

    /// <summary>Failed sign-ins for one name in a window; past it, the name waits for the window to end.</summary>
    [Range(3, 1_000)]
    public int SignInFailuresPerName { get; set; } = 10;

    /// <summary>Failed sign-ins from one address (IPv6: one /64) in a window; as many refused API keys, counted apart. A good key is never refused.</summary>
    [Range(3, 100_000)]
    public int SignInFailuresPerAddress { get; set; } = 50;

    /// <summary>Seconds between two looks at whether long requests, such as the live feed, are still signed in.</summary>
    [Range(1, 60)]
    public int RecheckSeconds { get; set; } = 15;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in Proxies)
            if (Network(proxy) is null) yield return new ValidationResult($"IP addresses and networks such as 192.0.2.10 and 192.0.2.0/24, found '{proxy}'", [nameof(Proxies)]);
    }

    /// <returns>Null when the text names neither an address nor a network.</returns>
    internal static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : null;
}
