using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>
/// <c>GET /api/places?q=&amp;limit=</c>: where something is by what people call it: an address, two streets that cross, a street,
/// the number on a pole, or degrees. From the city's own streets and poles; no geocoder outside is asked.
/// </summary>
public static class FindPlaces
{
    private const int UsualLimit = 8;
    private const int MostLimit = 20;
    private const int MostPoles = 4;
    private const int LongestQuery = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/places", Handle).RequirePermission(Permissions.MapRead).WithSummary("Find a place by its address, crossing, street or pole");

    private static Results<Ok<View>, ValidationProblem> Handle(AddressBook book, PoleIndex poles, StreetMap streets, string? q = null, int limit = UsualLimit)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(q) || q.Length > LongestQuery) errors["q"] = [$"an address, a crossing, a street or a pole, in 1 to {LongestQuery} characters"];
        if (limit is < 1 or > MostLimit) errors["limit"] = [$"1 to {MostLimit}"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var wanted = q!.Trim();
        var found = Degrees(wanted) is { } at ? [Point(at, streets)] : Poles(wanted, poles, streets).Concat(book.Find(wanted, limit)).Take(limit);
        return TypedResults.Ok(new View([.. found.Select(f => new Item(
            f.Kind, f.Text, f.Detail, Math.Round(f.At.Latitude, 6), Math.Round(f.At.Longitude, 6), f.Exact, f.Segment))]));
    }

    private static GeoPoint? Degrees(string text) =>
        text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries) is [var lat, var lon]
        && double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) && Math.Abs(latitude) <= 90
        && double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude) && Math.Abs(longitude) <= 180
            ? new GeoPoint(latitude, longitude) : null;

    private static FoundPlace Point(GeoPoint at, StreetMap streets)
    {
        var address = streets.Locate(at);
        return new FoundPlace("point", address?.Text ?? FormattableString.Invariant($"{at.Latitude:0.######}, {at.Longitude:0.######}"), null, at, true, address?.Segment, 0);
    }

    private static IEnumerable<FoundPlace> Poles(string text, PoleIndex poles, StreetMap streets)
    {
        var named = text.StartsWith("pole ", StringComparison.OrdinalIgnoreCase);
        var id = named ? text[5..].Trim() : text;
        // "12" begins an address; "12-" and "pole 12" begin a pole.
        if (id.Length == 0 || id.Contains(' ', StringComparison.Ordinal) || !(named || id.Contains('-', StringComparison.Ordinal))) return [];
        return poles.All.Where(p => p.Pole.StartsWith(id, StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Pole.Length).ThenBy(p => p.Pole, StringComparer.Ordinal).Take(MostPoles)
            .Select(p => new FoundPlace("pole", p.Pole, streets.Locate(p.At)?.Text, p.At, p.Pole.Length == id.Length, null, 0));
    }

    public sealed record View(IReadOnlyList<Item> Items);

    /// <param name="Kind"><c>address</c>, <c>intersection</c>, <c>street</c>, <c>pole</c> or <c>point</c>.</param>
    /// <param name="Text">As the city writes it.</param>
    /// <param name="Detail">Where that is, in more words.</param>
    /// <param name="Lat">Degrees.</param>
    /// <param name="Lon">Degrees.</param>
    /// <param name="Exact">False when it is only the nearest that the city has.</param>
    /// <param name="Segment">The city's id of the segment.</param>
    public sealed record Item(string Kind, string Text, string? Detail, double Lat, double Lon, bool Exact, string? Segment);
}
