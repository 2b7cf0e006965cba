using System.Globalization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// Finds requests, services, updates and errors in a city's answer, in whatever they are wrapped: a bare object, an array,
/// <c>service_requests/request</c>, <c>requests</c>, <c>service-requests type="array"</c>. Pure.
/// </summary>
public static class LenientReader
{
    private const int Deepest = 5;

    private static readonly string[] Lists =
        ["service_requests", "requests", "request", "services", "service", "service_request_updates", "request_updates", "request_update", "results", "data", "items"];

    /// <summary>True when the answer is a list, be it an empty one: only then does a missing row mean anything.</summary>
    public static bool IsList(CityDocument document) =>
        document.Root is { } root
        && (root.IsArray || Lists.Contains(root.Name) || root.Children.Any(c => Lists.Contains(c.Name) && (c.IsArray || c.Children.Count > 0 || root.Name.Length == 0)) || IsRequest(root));

    /// <summary>Rows that are requests, also those that have no id yet.</summary>
    /// <param name="document">The answer.</param>
    /// <param name="zone">Where a time without a zone is meant.</param>
    public static IReadOnlyList<CityRow> Requests(CityDocument document, TimeZoneInfo zone) =>
        [.. Rows(document.Root, IsRequest).Select(node => Request(node, zone))];

    public static IReadOnlyList<CityService> Services(CityDocument document) =>
        [.. Rows(document.Root, n => n.TextOf("service_code") is not null && n.TextOf("service_request_id") is null)
            .Select(n => new CityService(
                n.TextOf("service_code")!, n.TextOf("service_name"), n.TextOf("metadata") is { } m && m.Equals("true", StringComparison.OrdinalIgnoreCase),
                n.TextOf("type") ?? "realtime", n.TextOf("group"), n.TextOf("keywords")))];

    public static IReadOnlyList<CityUpdate> Updates(CityDocument document, TimeZoneInfo zone) =>
        [.. Rows(document.Root, n => n.TextOf("update_id") is not null)
            .Select(n => new CityUpdate(
                n.TextOf("update_id")!, n.TextOf("service_request_id"), n.TextOf("status"), n.TextOf("description"),
                LenientDate.Parse(n.TextOf("updated_datetime"), zone), [.. n.Texts()]))];

    /// <summary>The attributes that a service's definition asks for.</summary>
    public static IReadOnlyList<CityQuestion> Questions(CityDocument document) =>
        [.. Rows(document.Root, n => n.TextOf("datatype") is not null && n.TextOf("code") is not null)
            .Select(n => new CityQuestion(
                n.TextOf("code")!, n.TextOf("datatype")!, IsTrue(n, "required"), !n.Children.Any(c => c.Name == "variable") || IsTrue(n, "variable"),
                n.TextOf("description"),
                [.. (n.Child("values")?.Children ?? []).Select(v => v.TextOf("key") ?? v.TextOf("name")).OfType<string>()]))];

    public static IReadOnlyList<CityError> Errors(CityDocument document)
    {
        var found = new List<CityError>();
        if (document.Root is { } root && !Rows(root, IsRequest).Any() && root.TextOf("update_id") is null) Errors(root, 0, found);
        return found;
    }

    private static void Errors(CityNode node, int depth, List<CityError> found)
    {
        if (depth > Deepest) return;
        if (node.Children.Count == 0)
        {
            if (node.Text is { } leaf && node.Name is "error" or "errors" or "message" or "detail" or "") found.Add(new CityError(null, node.Text!));
            return;
        }

        if ((node.TextOf("description", "message", "detail", "error_description", "title") ?? Leaf(node, "error") ?? Leaf(node, "errors")) is { } text)
        {
            found.Add(new CityError(node.TextOf("code", "status", "statuscode"), text));
            return;
        }

        foreach (var child in node.Children) Errors(child, depth + 1, found);
    }

    private static string? Leaf(CityNode node, string name) => node.Child(name) is { Children.Count: 0 } child ? child.Text : null;

    private static bool IsTrue(CityNode node, string name) => string.Equals(node.TextOf(name), "true", StringComparison.OrdinalIgnoreCase);

    // A row without an id still has a place or a status; it must not be taken for a wrapper.
    private static bool IsRequest(CityNode node) =>
        !node.IsArray && node.TextOf("update_id") is null
        && (node.TextOf("service_request_id", "token") is not null
            || (node.TextOf("status") is not null && node.TextOf("service_code", "service_name", "requested_datetime", "lat", "address") is not null));

    private static IEnumerable<CityNode> Rows(CityNode? node, Func<CityNode, bool> isRow, int depth = 0)
    {
        if (node is null || depth > Deepest) return [];
        return isRow(node) ? [node] : node.Children.SelectMany(c => Rows(c, isRow, depth + 1));
    }

    private static CityRow Request(CityNode node, TimeZoneInfo zone) => new()
    {
        Id = node.TextOf("service_request_id"),
        Token = node.TextOf("token"),
        ServiceCode = node.TextOf("service_code"),
        ServiceName = node.TextOf("service_name"),
        Status = node.TextOf("status")?.ToLowerInvariant(),
        StatusNotes = node.TextOf("status_notes"),
        Description = node.TextOf("description"),
        Agency = node.TextOf("agency_responsible"),
        Address = node.TextOf("address", "address_string"),
        RequestedAt = LenientDate.Parse(node.TextOf("requested_datetime"), zone),
        UpdatedAt = LenientDate.Parse(node.TextOf("updated_datetime"), zone),
        At = Place(node),
        Media = node.TextsOf("media_url"),
        Texts = [.. node.Texts()],
    };

    private static GeoPoint? Place(CityNode node)
    {
        if (Number(node.TextOf("lat", "latitude")) is not { } lat || Number(node.TextOf("long", "lng", "lon", "longitude")) is not { } lon) return null;
        var place = new GeoPoint(lat, lon);
        return place.IsPlausible ? place : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
