using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>The city's own 311 system at the other end, by Open311 GeoReport v2. Off without a <see cref="Url"/>.</summary>
public sealed class CitySystemOptions : IValidatableObject
{
    public const string Section = "CitySystem";

    /// <summary>Address of the endpoint, as the city's discovery gives it: <c>https://311.example.gov/open311/v2</c>. Empty: no city system.</summary>
    public string Url { get; set; } = "";

    /// <summary>The system's name in histories.</summary>
    [Required]
    public string Name { get; set; } = "City 311";

    /// <summary><c>jurisdiction_id</c>; empty when the server serves one.</summary>
    public string Jurisdiction { get; set; } = "";

    /// <summary>File that holds the API key alone, readable by the hub's user only. The key stands in no setting, log or cause.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Pass requests on to the city.</summary>
    public bool Push { get; set; } = true;

    /// <summary>Take requests and changes over from the city.</summary>
    public bool Pull { get; set; } = true;

    /// <summary>Sources whose requests are passed on: <c>sensor</c>, <c>crew</c>, <c>person</c>, <c>resident</c>.</summary>
    public string[] Sources { get; set; } = ["sensor", "crew"];

    /// <summary>Our service codes to the city's.</summary>
    public Dictionary<string, string> Services { get; set; } = [];

    /// <summary>More of the city's codes to ours, beside those in <see cref="Services"/>, for what is taken over.</summary>
    public Dictionary<string, string> TakeServices { get; set; } = [];

    /// <summary>
    /// The name under which requests of this city's system were imported (<c>system</c> in the map of <c>field-hub import requests</c>): they are
    /// known here by their numbers there, so they are neither taken over nor passed on as new ones. Empty: none were.
    /// </summary>
    public string ImportedAs { get; set; } = "";

    /// <summary>Attributes that the city requires: <c>our-service/CODE</c> to the value that is always sent.</summary>
    public Dictionary<string, string> Attributes { get; set; } = [];

    /// <summary>Who reports, for cities that require it: <c>email</c>, <c>first_name</c>, <c>last_name</c>, <c>phone</c>.</summary>
    public Dictionary<string, string> Reporter { get; set; } = [];

    /// <summary>Resolution (code of the catalogue) of a request that the city closed; where a service doesn't have it, its first one that closes.</summary>
    [Required]
    public string ClosedAs { get; set; } = "no-action";

    public CityQuirks Quirks { get; } = new();

    /// <summary>Longest time from the end of a POST until the city's list shows what came of it. Too short doubles requests; too long only delays a retry.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "2.00:00:00")]
    public TimeSpan VisibilityDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How far the city's clock may be off.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest a call may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a hub holds a push that it works on. At least twice <see cref="Timeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a look-up that tells nothing is repeated before a person is asked.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan LookUpPatience { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a token is polled before a person is asked.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "60.00:00:00")]
    public TimeSpan TokenPatience { get; set; } = TimeSpan.FromDays(7);

    /// <summary>POSTs of one push, each known not to have stored it, before it counts as failed.</summary>
    [Range(1, 1_000)]
    public int MostAttempts { get; set; } = 10;

    /// <summary>Calls to the city at a time.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Calls to the city a minute, all kinds together.</summary>
    [Range(1, 60_000)]
    public int CallsPerMinute { get; set; } = 60;

    /// <summary>Largest answer that is read, MiB.</summary>
    [Range(1, 64)]
    public int MaxAnswerMb { get; set; } = 8;

    /// <summary>How often the city's changes are asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan PullEvery { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How far the first pull looks back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan FirstPull { get; set; } = TimeSpan.FromHours(24);

    public bool IsOn => Url.Length > 0;

    public PushPolicy Policy => new()
    {
        CanLookUp = Quirks.CanLookUp, VisibilityDelay = VisibilityDelay, PostTimeout = Timeout, Lease = Lease, FirstBackOff = FirstBackOff,
        LongestBackOff = LongestBackOff, LookUpPatience = LookUpPatience, TokenPatience = TokenPatience, MostAttempts = MostAttempts,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url.Length > 0 && (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0))
            yield return new ValidationResult("an http or https address without a query", [nameof(Url)]);
        if (Lease < Timeout * 2) yield return new ValidationResult("at least twice Timeout", [nameof(Lease)]);
        if (LongestBackOff < FirstBackOff) yield return new ValidationResult("at least FirstBackOff", [nameof(LongestBackOff)]);
        if (Quirks.Marker == CityQuirks.MarkerPlace.Attribute && Quirks.MarkerAttribute.Length == 0)
            yield return new ValidationResult("with Quirks:Marker=Attribute, the attribute's code in Quirks:MarkerAttribute", [nameof(Quirks)]);
        if (Services.Values.GroupBy(v => v, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return new ValidationResult($"each of the city's codes once, so that it is clear what {twice.Key} is here", [nameof(Services)]);
        if (Attributes.Keys.FirstOrDefault(k => !k.Contains('/', StringComparison.Ordinal)) is { } bare)
            yield return new ValidationResult($"names like pothole/CODE, not {bare}", [nameof(Attributes)]);
        if (Reporter.Keys.FirstOrDefault(k => k is not ("email" or "first_name" or "last_name" or "phone")) is { } unknown)
            yield return new ValidationResult($"email, first_name, last_name or phone, not {unknown}", [nameof(Reporter)]);
        if (Sources.FirstOrDefault(s => s is not ("sensor" or "crew" or "person" or "resident")) is { } source)
            yield return new ValidationResult($"sensor, crew, person or resident, not {source}", [nameof(Sources)]);
        if (KeyFile.Length > 0 && !File.Exists(KeyFile)) yield return new ValidationResult("a file that is there", [nameof(KeyFile)]);
    }
}
