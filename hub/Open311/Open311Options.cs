using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>The GeoReport v2 server.</summary>
public sealed class Open311Options
{
    public const string Section = "Open311";

    /// <summary>For discovery: whom a program's maker asks for help.</summary>
    [Required]
    public string Contact { get; set; } = "Ask the city's 311 office.";

    /// <summary>For discovery: how to get an API key.</summary>
    [Required]
    public string KeyService { get; set; } = "Ask the city's 311 office for an API key.";

    /// <summary>For discovery: <c>production</c>, or <c>test</c> where reports reach nobody.</summary>
    [RegularExpression("^(production|test)$", ErrorMessage = "expected production or test")]
    public string Type { get; set; } = "production";

    /// <summary>Calls from one address (IPv6: one /64) in a minute, whatever they ask; past it 429.</summary>
    [Range(1, 100_000)]
    public int CallsPerMinutePerAddress { get; set; } = 120;

    /// <summary>Reports and updates with one key in a minute; past it 429.</summary>
    [Range(1, 100_000)]
    public int PostsPerMinutePerKey { get; set; } = 60;

    /// <summary>Longest report with files, bytes; without files the API's own limit holds.</summary>
    [Range(1024 * 1024, 64L * 1024 * 1024)]
    public long MaxUploadBytes { get; set; } = 12L * 1024 * 1024;

    /// <summary>Reports with files that are read at the same time; more wait.</summary>
    [Range(1, 64)]
    public int Uploads { get; set; } = 4;

    /// <summary>Days for which it is kept who reported (e-mail address, telephone number, name, device), from the report on.</summary>
    [Range(1, 3_650)]
    public int ReporterDays { get; set; } = 365;
}
