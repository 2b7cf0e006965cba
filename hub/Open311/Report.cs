using System.Globalization;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>What a resident reports, read from a form and checked against the service's definition.</summary>
internal sealed record Report
{
    public const int LongestDescription = 4_000;
    private const int LongestAddress = 500;
    private const int LongestLink = 2_000;
    private const int MostLinks = 20;
    private const string AttributePrefix = "attribute[";

    public required Service Service { get; init; }

    /// <summary>Null while only an address is known.</summary>
    public GeoPoint? At { get; init; }

    public string? Address { get; init; }

    public string? AddressId { get; init; }

    public string? Description { get; init; }

    /// <summary>Attribute code → answer; choices of a list are separated by commas.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Links to pictures elsewhere.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>True when a link was sent that cannot be one.</summary>
    public bool DroppedLinks { get; init; }

    public required Reporter Reporter { get; init; }

    /// <returns>The report, or the answer that says everything that is wrong with it.</returns>
    public static (Report? Report, GeoAnswer? Fault) Read(GeoFields fields, ServiceCatalogue catalogue, TimeZoneInfo zone)
    {
        if (fields["service_code"] is not { } code) return (null, GeoAnswer.Bad("service_code is missing: send one of GET services"));
        if (ReadServices.Find(catalogue, code) is not { } service) return (null, GeoAnswer.Missing(ReadServices.Unknown));
        var faults = new List<string>();
        var at = ReadPlace(fields, faults);
        var (address, addressId) = (fields["address_string"], fields["address_id"]);
        if (address?.Length > LongestAddress) faults.Add($"address_string is too long: send at most {LongestAddress} characters");
        if (addressId?.Length > LongestAddress) faults.Add($"address_id is too long: send at most {LongestAddress} characters");
        var description = fields["description"] is { } text ? CleanText.Of(text) : null;
        if (description?.Length > LongestDescription) faults.Add($"description is too long: send at most {LongestDescription} characters");
        var attributes = ReadAttributes(fields, service, zone);
        faults.AddRange(service.AttributeFaults(attributes).Select(f => f.Value == "required"
            ? $"attribute[{f.Key}] is missing: GET services/{service.Code} says what it takes"
            : $"attribute[{f.Key}] has a value that it cannot take: send {f.Value}"));
        var reporter = Reporter.Read(fields, faults);
        if (faults.Count > 0) return (null, GeoAnswer.Bad(faults));
        var links = ReadLinks(fields);
        return (new Report
        {
            Service = service, At = at, Address = address, AddressId = addressId, Description = description, Attributes = attributes,
            Links = links, DroppedLinks = links.Count < fields.All("media_url").Count, Reporter = reporter,
        }, null);
    }

    /// <summary>Those of media_url that a browser could follow safely; sent as often as there are pictures.</summary>
    public static IReadOnlyList<string> ReadLinks(GeoFields fields) =>
        [.. fields.All("media_url").Where(l => l.Length <= LongestLink && Uri.TryCreate(l, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https").Take(MostLinks)];

    private static GeoPoint? ReadPlace(GeoFields fields, List<string> faults)
    {
        var (lat, lon) = (fields["lat"], fields["long"]);
        if (lat is null && lon is null)
        {
            if (fields["address_string"] is null && fields["address_id"] is null)
                faults.Add("the place is missing: send lat and long, or address_string, or address_id");
            return null;
        }

        if (lat is null || lon is null)
        {
            faults.Add(lat is null ? "lat is missing: send it with long" : "long is missing: send it with lat");
            return null;
        }

        if (Number(lat) is { } latitude && Number(lon) is { } longitude && new GeoPoint(latitude, longitude) is { IsPlausible: true } at) return at;
        faults.Add("lat and long are no place: send WGS 84 degrees that aren't 0, 0");
        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>
    /// <c>attribute[CODE]</c> and <c>attribute[CODE][]</c>, as often as sent. What the service does not ask is left out, as
    /// every parameter that nobody knows.
    /// </summary>
    private static SortedDictionary<string, string> ReadAttributes(GeoFields fields, Service service, TimeZoneInfo zone)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in fields.Names.Where(n => n.StartsWith(AttributePrefix, StringComparison.Ordinal)))
        {
            var close = name.IndexOf(']', StringComparison.Ordinal);
            if (close < 0 || name[(close + 1)..] is not ("" or "[]")) continue;
            var code = name[AttributePrefix.Length..close];
            if (service.Attributes.FirstOrDefault(a => a.Code == code && a.Variable) is not { } attribute) continue;
            var values = fields.All(name).Select(v => Normal(v, attribute.Datatype, zone)).ToList();
            if (values.Count == 0) continue;
            if (attribute.Datatype != AttributeType.MultiValueList) answers[code] = values[0];
            else answers[code] = answers.TryGetValue(code, out var before) ? $"{before},{string.Join(',', values)}" : string.Join(',', values);
        }

        return answers;
    }

    private static string Normal(string value, AttributeType type, TimeZoneInfo zone) =>
        type == AttributeType.DateTime && GeoDate.TryRead(value, zone, end: false) is { } date ? GeoDate.Write(date.At) : CleanText.Of(value);
}
